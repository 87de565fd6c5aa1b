import { isRecord } from '../../document/record.js'
import type { Node } from '../../openapi/node.js'
import { unwantedNames } from '../../schema/unwanted.js'
import type { Combination } from './combinations.js'
import { discriminated } from './discriminator.js'
import { entriesAt, membersAt, numbersAt, schemasAt, valuesAt } from './keyword.js'
import { patternTexts } from './pattern-texts.js'
import type { Parts } from './parts.js'
import { membersOf } from './subschemas.js'

/** Members of an object, by their names. A map, in which `__proto__` is a name like any other. */
type Members = ReadonlyMap<string, unknown>

/** Objects for a combination of schemas: with all members, with as many as fit, with those that must be, with others. */
export function* objects(combination: Combination, parts: Parts): Generator<object> {
  const declared = combination.flatMap(schema => entriesAt(schema, 'properties').map(([name]) => name))
  const required = withDependents(combination, membersAt(combination, 'required').map(String))
  const hidden = combination.flatMap(({ contract, pointer }) => [...unwantedNames(contract.document, pointer, 'reply')])
  const names = [...new Set([...declared, ...required])].filter(name => !hidden.includes(name))
  const most = Math.min(...numbersAt(combination, 'maxProperties'))

  const must = new Map<string, unknown>()
  for (const name of names.filter(name => required.has(name))) {
    const [first] = parts.make(membersOf(combination, name), 'required')
    if (first === undefined) return
    must.set(name, first.value)
  }
  const may = new Map<string, unknown>()
  for (const name of parts.isTerse ? [] : names.filter(name => !required.has(name))) {
    if (must.size + may.size >= most) break
    const [first] = parts.make(membersOf(combination, name), 'optional')
    if (first !== undefined) may.set(name, first.value)
  }

  const ordered = (members: Members): Members =>
    new Map([...names.filter(name => members.has(name)), ...members.keys()].map(name => [name, members.get(name)]))
  const whole = withMore(combination, parts, ordered(new Map([...must, ...may])), most)
  const named = discriminated(combination)
  if (named.size > 0) yield Object.fromEntries(ordered(new Map([...whole, ...named])))
  yield Object.fromEntries(whole)
  let base = whole
  if (!parts.fits(Object.fromEntries(whole))) {
    base = withMore(combination, parts, must, most)
    for (const [name, value] of may) {
      const grown = ordered(new Map([...base, [name, value]]))
      if (parts.fits(Object.fromEntries(grown))) base = grown
    }
    yield Object.fromEntries(base)
    yield Object.fromEntries(ordered(must))
  }
  for (const name of base.keys()) {
    for (const { value } of parts.make(membersOf(combination, name), 'optional')) {
      yield Object.fromEntries(ordered(new Map([...base, [name, value]])))
    }
  }
}

/** The names that are required, and those that they require in turn. */
const withDependents = (combination: Combination, required: readonly string[]): ReadonlySet<string> => {
  const names = new Set(required)
  const maps = valuesAt(combination, 'dependentRequired').filter(isRecord)
  for (const name of names) {
    for (const map of maps) {
      const dependents = Object.hasOwn(map, name) ? map[name] : []
      if (Array.isArray(dependents)) for (const dependent of dependents) names.add(String(dependent))
    }
  }
  return names
}

// As many as there must be; one where a map has none, to show what is in it.
const withMore = (combination: Combination, parts: Parts, members: Members, most: number): Members => {
  const isMap =
    members.size === 0 && [...schemasAt(combination, 'additionalProperties'), ...patterns(combination)].some(isObject)
  const wanted = Math.min(most, Math.max(isMap && !parts.isTerse ? 1 : 0, ...numbersAt(combination, 'minProperties')))
  const all = new Map(members)
  if (all.size >= wanted) return all
  for (const name of moreNames(combination, parts, wanted)) {
    if (all.size >= wanted) break
    if (all.has(name)) continue
    const [first] = parts.make(membersOf(combination, name), isMap ? 'optional' : 'required')
    if (first !== undefined) all.set(name, first.value)
  }
  return all
}

const isObject = ({ value }: Node): boolean => isRecord(value)

const patterns = (combination: Combination): Node[] =>
  combination.flatMap(schema => entriesAt(schema, 'patternProperties').map(([, entry]) => entry))

function* moreNames(combination: Combination, parts: Parts, wanted: number): Generator<string> {
  const naming = schemasAt(combination, 'propertyNames')
  if (naming.length > 0) {
    for (const { value } of parts.make(naming, 'required')) if (typeof value === 'string') yield value
  }
  for (const schema of combination) {
    for (const [pattern] of entriesAt(schema, 'patternProperties')) yield* patternTexts(pattern, 0, parts.choice)
  }
  for (let i = 1; i <= wanted; i++) yield `property${i}`
}
