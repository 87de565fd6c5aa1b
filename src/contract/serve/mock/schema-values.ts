import { evaluatorOf } from '../../openapi/evaluator-of.js'
import type { Node } from '../../openapi/node.js'
import { arrays } from './arrays.js'
import type { Choice } from './choice.js'
import { type Combination, combinationsOf } from './combinations.js'
import { membersAt, valuesAt } from './keyword.js'
import { numbers } from './numbers.js'
import { objects } from './objects.js'
import type { Made, Need, Parts } from './parts.js'
import { strings } from './strings.js'
import { type Type, typesOf } from './types.js'

/** Whether a value satisfies the schema at a JSON Pointer of the contract's document. */
export type IsValid = (pointer: string, value: unknown) => boolean

/** How many values are tried for one that is wanted. */
const budget = 10_000
/** How many of one kind are tried in a row that don't do. */
const patience = 40
/** In how many schemas a value may stand that has more than it must. */
const depth = 32

/**
 * Values that satisfy a schema: what it gives as examples, defaults and enumerations first, then what can be made of its
 * other keywords. Made by trying: a candidate counts once `isValid` says so. The same ones each time if `choice` is.
 * Ends when nothing more is found, or after a fixed number of tries.
 */
export const schemaValues = (schema: Node, choice: Choice, isValid: IsValid = isReply(schema)): Iterable<Made> => {
  let left = budget
  const known = new Map<string, readonly Combination[]>()
  const combinations = (schemas: readonly Node[], key: string): readonly Combination[] => {
    const list = known.get(key) ?? combinationsOf(schemas)
    known.set(key, list)
    const start = choice.below(list.length)
    return [...list.slice(start), ...list.slice(0, start)]
  }

  function* make(schemas: readonly Node[], stack: readonly string[], need: Need): Generator<Made> {
    const fits = (value: unknown): boolean => schemas.every(({ pointer }) => isValid(pointer, value))
    const given = new Set<string>()
    const key = schemas.map(({ pointer }) => pointer).join(' ')
    for (const combination of combinations(schemas, key)) {
      const examples = examplesOf(combination)
      const listed = listedIn(combination, choice)
      const made = listed ? [] : makersOf(combination, stack, need, fits)
      // Who wants other values each time wants the examples only where there is nothing else.
      const sources = choice.isRandom ? [listed ?? [], ...made, examples] : [examples, listed ?? [], ...made]
      for (const source of sources) {
        let misses = 0
        for (const value of source) {
          if (left-- <= 0) return
          const text = JSON.stringify(value)
          if (!given.has(text) && fits(value)) {
            given.add(text)
            misses = 0
            yield { value }
          } else if (++misses > patience && source !== listed) break
        }
      }
    }
  }

  const makersOf = (combination: Combination, stack: readonly string[], need: Need, fits: Parts['fits']) => {
    const pointers = combination.map(({ pointer }) => pointer)
    const rounds = Math.max(0, ...pointers.map(pointer => stack.filter(outer => outer === pointer).length))
    if (rounds > (need === 'optional' ? 0 : 1)) return []
    const isTerse = rounds > 0 || stack.length > depth || left < budget / 2
    const inner = [...stack, ...pointers]
    const parts: Parts = { choice, isTerse, fits, make: (schemas, need) => make(schemas, inner, need) }
    return typesOf(combination, isTerse).map(type => ofType[type](combination, parts))
  }

  return make([schema], [], 'required')
}

const isReply =
  ({ contract }: Node): IsValid =>
  (at, value) =>
    evaluatorOf(contract).isValid(at, value, 'reply')

const ofType: Readonly<Record<Type, (combination: Combination, parts: Parts) => Iterable<unknown>>> = {
  object: objects,
  array: arrays,
  string: (combination, { choice }) => strings(combination, choice),
  number: (combination, { choice }) => numbers(combination, false, choice),
  integer: (combination, { choice }) => numbers(combination, true, choice),
  boolean: (_, { choice }) => (choice.below(2) === 0 ? [true, false] : [false, true]),
  null: () => [null]
}

const examplesOf = (combination: Combination): unknown[] => [
  ...membersAt(combination, 'examples'),
  ...valuesAt(combination, 'example'),
  ...valuesAt(combination, 'default')
]

/** The only values that there can be, of `const` and `enum`; `undefined` where neither limits them. */
const listedIn = (combination: Combination, choice: Choice): unknown[] | undefined => {
  const fixed = valuesAt(combination, 'const')
  const listed = membersAt(combination, 'enum')
  if (fixed.length + valuesAt(combination, 'enum').length === 0) return undefined
  const start = choice.below(listed.length)
  return [...fixed, ...listed.slice(start), ...listed.slice(0, start)]
}
