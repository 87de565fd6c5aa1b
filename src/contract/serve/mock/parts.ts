import type { Node } from '../../openapi/node.js'
import type { Choice } from './choice.js'

/** A value that was made, which may be `null` or `false`. */
export interface Made {
  readonly value: unknown
}

/** Whether there must be a value. An optional one that would contain itself isn't made. */
export type Need = 'required' | 'optional'

/** What objects and arrays are made with. */
export interface Parts {
  readonly choice: Choice
  /** Whether it is deep enough: no more than there must be. */
  readonly isTerse: boolean
  /** Distinct values that satisfy all of some schemas. */
  readonly make: (schemas: readonly Node[], need: Need) => Iterable<Made>
  /** Whether a value satisfies all that the whole has to. */
  readonly fits: (value: unknown) => boolean
}
