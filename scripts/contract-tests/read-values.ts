import { isRecord, type Node, within } from '../../src/contract/index.js'
import { keyword, schemaMap, typesOf, type View, viewOf } from '../contract-diff/schema-view.js'
import type { Fits } from './schema-of-value.js'

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** The values that a text can stand for, by the types of JSON that it is written in. */
const readings: readonly [types: readonly string[], read: (text: string) => unknown][] = [
  [['integer', 'number'], text => (jsonNumber.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined)],
  [['boolean'], text => (text === 'true' ? true : text === 'false' ? false : undefined)],
  [['null'], text => (text === '' ? null : undefined)],
  [['string'], text => text]
]

/**
 * The value that a server reads in what is sent as text: in a parameter, a field of a form, a header. A text is what
 * its schemas say, and of several types the first that fits; one that is none of them stays a text.
 *
 * @param value what is sent: texts, or values that are written as such
 */
export const readValue = (value: unknown, schemas: readonly Node[], fits: Fits): unknown => {
  const view = viewOf(schemas)
  const types = typesOf(view)
  const isAnything = types.size > 6
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => readValue(item, itemSchemas(view, index), fits))
  }
  if (isRecord(value)) {
    const properties = schemaMap(withAlternatives(view), 'properties')
    const read = (name: string, one: unknown): unknown => readValue(one, properties.get(name) ?? [], fits)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, read(name, one)]))
  }
  if (isAnything) return value
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const candidates = readings
    .filter(([names]) => names.some(name => types.has(name)))
    .map(([, read]) => read(text))
    .filter(one => one !== undefined)
  const fitting = candidates.find(one => schemas.every(schema => fits(schema, one)))
  if (fitting !== undefined) return fitting
  if (types.has('array')) return [readValue(text, itemSchemas(view, 0), fits)]
  return candidates.length > 0 ? candidates[0] : text
}

const itemSchemas = (view: View, index: number): Node[] => {
  const first = keyword(view, 'prefixItems').flatMap(list => within(list, index) ?? [])
  return first.length > 0 ? first : keyword(view, 'items')
}

const withAlternatives = (view: View): View => ({
  parts: [...view.parts, ...view.groups.flat().flatMap(branch => viewOf([branch]).parts)],
  groups: []
})

/** A value with the defaults of what it hasn't, as a server may fill them in before it looks. */
export const withDefaults = (value: unknown, schemas: readonly Node[]): unknown => {
  const view = viewOf(schemas)
  if (Array.isArray(value)) return value.map((item: unknown, index) => withDefaults(item, itemSchemas(view, index)))
  if (!isRecord(value)) return value
  const properties = schemaMap(view, 'properties')
  const missing = [...properties].flatMap(([name, nodes]) => {
    const [first] = Object.hasOwn(value, name) ? [] : keyword(viewOf(nodes), 'default')
    return first ? [[name, first.value] as const] : []
  })
  const present = Object.entries(value).map(
    ([name, one]) => [name, withDefaults(one, properties.get(name) ?? [])] as const
  )
  return Object.fromEntries([...missing, ...present])
}
