import type { Node } from '../../openapi/node.js'
import { arrays } from './arrays.js'
import type { Choice } from './choice.js'
import { type Combination, combinationsOf } from './combinations.js'
import { membersAt, valuesAt } from './keyword.js'
import { numbers } from './numbers.js'
import { objects } from './objects.js'
import type { Made, Parts } from './parts.js'
import { withoutHidden } from './hidden.js'
import { strings } from './strings.js'
import { type Type, typesOf } from './types.js'

/** Whether a value satisfies the schema at a JSON Pointer of the contract's document. */
export type IsValid = (pointer: string, value: unknown) => boolean

/** How many values are tried for one that is wanted, how many in a row may not do, and how deep they are made in full. */
const budget = 20_000
const patience = 40
const depth = 8

/**
 * Values that satisfy a schema: what it gives as examples, defaults and enumerations first, then what can be made of its
 * other keywords. Made by trying: a candidate counts once `isValid` says so. The same ones each time if `choice` is.
 * Ends when nothing more is found, or after a fixed number of tries.
 */
export const schemaValues = (schema: Node, isValid: IsValid, choice: Choice): Iterable<Made> => {
  let left = budget
  const known = new Map<string, readonly Combination[]>()
  const combinations = (schemas: readonly Node[], key: string): readonly Combination[] => {
    const list = known.get(key) ?? combinationsOf(schemas)
    known.set(key, list)
    const start = choice.below(list.length)
    return [...list.slice(start), ...list.slice(0, start)]
  }

  function* make(schemas: readonly Node[], stack: readonly string[], need: 'required' | 'optional'): Generator<Made> {
    const fits = (value: unknown): boolean => schemas.every(({ pointer }) => isValid(pointer, value))
    const given = new Set<string>()
    const key = schemas.map(({ pointer }) => pointer).join(' ')
    for (const combination of combinations(schemas, key)) {
      for (const candidates of [written(schemas, combination, choice), made(combination, stack, need, fits)]) {
        let misses = 0
        for (const value of candidates) {
          if (left-- <= 0) return
          const text = JSON.stringify(value)
          if (!given.has(text) && fits(value)) {
            given.add(text)
            misses = 0
            yield { value }
          } else if (++misses > patience) break
        }
      }
    }
  }

  function* made(
    combination: Combination,
    stack: readonly string[],
    need: 'required' | 'optional',
    fits: Parts['fits']
  ): Generator {
    const pointers = combination.map(({ pointer }) => pointer)
    const rounds = Math.max(0, ...pointers.map(pointer => stack.filter(outer => outer === pointer).length))
    if (rounds > (need === 'optional' ? 0 : 1)) return
    const isTerse = rounds > 0 || stack.length > depth * 4 || left < budget / 2
    const inner = [...stack, ...pointers]
    const parts: Parts = {
      choice,
      isTerse,
      fits,
      make: (schemas, need) => make(schemas, inner, need)
    }
    const types = typesOf(combination)
    for (const type of isTerse ? types.toReversed() : types) yield* ofType[type](combination, parts)
  }

  return make([schema], [], 'required')
}

const ofType: Readonly<Record<Type, (combination: Combination, parts: Parts) => Iterable<unknown>>> = {
  object: objects,
  array: arrays,
  string: (combination, { choice }) => strings(combination, choice),
  number: (combination, { choice }) => numbers(combination, false, choice),
  integer: (combination, { choice }) => numbers(combination, true, choice),
  boolean: (_, { choice }) => (choice.below(2) === 0 ? [true, false] : [false, true]),
  null: () => [null]
}

// Who wants other values each time doesn't want the examples.
const written = (schemas: readonly Node[], combination: Combination, choice: Choice): unknown[] => {
  const fixed = valuesAt(combination, 'const')
  const listed = membersAt(combination, 'enum')
  const start = choice.below(listed.length)
  const values = [...fixed, ...listed.slice(start), ...listed.slice(0, start)]
  if (choice.isRandom) return values
  const examples = [...membersAt(combination, 'examples'), ...valuesAt(combination, 'example')]
  const shown = [...examples, ...valuesAt(combination, 'default')].map(value => withoutHidden(schemas, value))
  return [...shown, ...values]
}
