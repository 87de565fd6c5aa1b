import * as fc from 'fast-check'
import { childOf, isRecord, type Node } from '../../src/contract/index.js'
import { keyword, viewOf } from '../contract-diff/schema-view.js'
import { beyond } from './numbers.js'
import { isDelimited, Repeated, separatorOf } from './style.js'
import type { Path, Rule } from './rules.js'
import { canBeWritten, characters } from './strings.js'
import { partWriting, valueArbitrary } from './values.js'
import { type Writing, writingAt } from './writing.js'

/** Why no request can break a rule, where that is so. */
export const unbreakable = ({ keyword: name, value, path }: Rule, whole: Writing): string | undefined => {
  const writing = writingAt(whole, path)
  const inList = path.length > (whole.kind === 'form' ? 1 : 0)
  const types: unknown[] = name !== 'type' ? [] : Array.isArray(value) ? value : [value]
  if (writing.kind === 'form') return types.includes('object') ? 'a form is always an object' : undefined
  if (writing.kind === 'json') return undefined
  if (writing.isStreamed === true && name !== 'required') return 'only who reads it comes across it'
  if (types.includes('string') && (inList || !writing.repeatable)) return 'every text is a string'
  const { style } = writing
  if (/^(additional|unevaluated)P/.test(name) && style.explode && /^(query|cookie)$/.test(style.location)) {
    return 'what it does not name belongs to something else'
  }
  if (inList && (types.includes('array') || types.includes('object'))) return 'there is no style for it'
  if (types.includes('array') && (style.explode || !writing.repeatable)) return 'one value is a list of one'
  if (types.includes('object') && (style.explode || style.name === 'deepObject')) {
    return 'what is sent as something else belongs to something else'
  }
  if (name === 'minLength' && value === 1 && (writing.emptyIsAbsent || (inList && isDelimited(style)))) {
    return 'what has no value counts as absent'
  }
  if (name === 'minItems' && value === 1) return 'a list without values counts as absent'
  return undefined
}

/**
 * Values that break one rule: what fits all schemas but for what stands at the rule's place. Some of them don't break
 * it, or break others with it: they are for the caller to leave out, with a validator.
 */
export const brokenArbitrary = (schemas: readonly Node[], rule: Rule, writing: Writing): fc.Arbitrary<unknown> => {
  const { keyword: name, path } = rule
  const whole = valueArbitrary(schemas, { writing, force: path })
  const at = writingAt(writing, path)
  const isItem = path.length > (writing.kind === 'form' ? 1 : 0)
  const inner = at.kind === 'text' && isItem ? { ...at, inList: true } : at
  if (name === 'required') return whole.map(value => without(value, path))
  if (name === 'additionalProperties' || name === 'unevaluatedProperties') {
    return whole.map(value => placed(value, [...path, 'undeclared'], 'x'))
  }
  return fc.tuple(whole, misfits(rule, inner)).map(([value, misfit]) => placed(value, path, misfit))
}

const misfits = (rule: Rule, writing: Writing): fc.Arbitrary<unknown> => {
  const { value: limit, schemas } = rule
  const fitting = valueArbitrary(schemas, { writing })
  const strings = (minLength: number, maxLength: number) => characters(writing, { minLength, maxLength })
  const n = typeof limit === 'number' ? limit : 0
  const isWritable = (value: unknown): boolean => typeof value !== 'string' || canBeWritten(value, writing)
  switch (rule.keyword) {
    case 'type':
      return mistyped(rule, writing)
    case 'pattern':
    case 'format':
    case 'enum':
    case 'const':
      return fc.oneof(fitting.chain(alike).filter(isWritable), strings(0, 12))
    case 'minLength':
      return strings(0, n - 1)
    case 'maxLength':
      return fc.oneof(strings(n + 1, n + 1), strings(n + 1, n + 20))
    case 'minimum':
      return beyond(n, -1)
    case 'exclusiveMinimum':
      return fc.oneof(fc.constant(n), beyond(n, -1))
    case 'maximum':
      return beyond(n, 1)
    case 'exclusiveMaximum':
      return fc.oneof(fc.constant(n), beyond(n, 1))
    case 'multipleOf':
      return fc.oneof(
        fc.integer(),
        fitting.map(value => Number(value) + n / 2)
      )
    case 'minItems':
    case 'maxItems':
    case 'uniqueItems':
      return lists(rule, writing, n)
    default:
      return writing.kind === 'json' ? fc.jsonValue() : fc.oneof(fitting, strings(0, 12))
  }
}

const mistyped = ({ value, schemas }: Rule, writing: Writing): fc.Arbitrary<unknown> => {
  if (writing.kind === 'json') return fc.jsonValue({ maxDepth: 1 })
  const types: unknown[] = Array.isArray(value) ? value : [value]
  const fitting = valueArbitrary(schemas, { writing })
  if (!types.includes('string') && !types.includes('array')) {
    const texts = fc.oneof(
      fc.constantFrom('x', '1x', 'truee', '1,5', '0x'),
      characters(writing, { minLength: 1, maxLength: 8 })
    )
    const separator = writing.kind === 'text' ? separatorOf(writing.style) : undefined // with one, it might be an object
    return types.includes('object') && separator !== undefined ? texts.filter(one => !one.includes(separator)) : texts
  }
  const present = fitting.filter(one => !Array.isArray(one) || one.length > 0) // an empty list is no value at all
  return fc.array(present, { minLength: 2, maxLength: 3 }).map(values => new Repeated(values))
}

/** Values that are nearly the same: what a rule that is applied carelessly lets pass. */
const alike = (value: unknown): fc.Arbitrary<unknown> => {
  if (typeof value === 'number') return fc.constantFrom(value + 1, value - 1, value + 0.5)
  if (typeof value !== 'string') return fc.constantFrom(true, false, null, '')
  const swapped = value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase()
  return fc.constantFrom(
    `${value}x`,
    `x${value}`,
    `${value}\n`,
    ` ${value}`,
    `${value} `,
    swapped,
    value.slice(1),
    value.slice(0, -1)
  )
}

const lists = ({ keyword: name, schemas }: Rule, writing: Writing, n: number): fc.Arbitrary<unknown[]> => {
  const items = keyword(viewOf(schemas), 'items')
  const item = valueArbitrary(items, { writing: partWriting(writing, items) })
  if (name === 'uniqueItems') return item.map(value => [value, value])
  return fc.array(item, name === 'minItems' ? { maxLength: n - 1 } : { minLength: n + 1, maxLength: n + 4 })
}

const edited = (value: unknown, path: Path, edit: (owner: unknown, last: string | number) => unknown): unknown => {
  const [first, ...rest] = path
  if (first === undefined) return value
  if (rest.length === 0) return edit(value, first)
  const child = edited(childOf(value, String(first)), rest, edit)
  if (Array.isArray(value)) return (value as unknown[]).map((one, index) => (index === first ? child : one))
  return isRecord(value) ? { ...value, [first]: child } : value
}

const placed = (value: unknown, path: Path, misfit: unknown): unknown =>
  path.length === 0
    ? misfit
    : edited(value, path, (owner, last) => {
        if (Array.isArray(owner)) return (owner as unknown[]).map((one, index) => (index === last ? misfit : one))
        return isRecord(owner) ? { ...owner, [last]: misfit } : owner
      })

const without = (value: unknown, path: Path): unknown =>
  edited(value, path, (owner, last) =>
    isRecord(owner) ? Object.fromEntries(Object.entries(owner).filter(([name]) => name !== last)) : owner
  )
