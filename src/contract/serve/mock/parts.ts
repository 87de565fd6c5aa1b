import type { Node } from '../../openapi/node.js'
import type { Choice } from './choice.js'

/** A value that was made, which may be `null` or `false`. */
export interface Made {
  readonly value: unknown
}

/** What objects and arrays are made with. */
export interface Parts {
  readonly choice: Choice
  /** Whether it is deep enough: no more than there must be. */
  readonly isTerse: boolean
  /** Distinct values that satisfy all of some schemas. An optional one that would contain itself isn't made. */
  readonly make: (schemas: readonly Node[], need: 'required' | 'optional') => Iterable<Made>
  /** Whether a value satisfies all that the whole has to. */
  readonly fits: (value: unknown) => boolean
}
