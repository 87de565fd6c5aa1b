import formats from 'ajv-formats/dist/formats.js'
import { pointer } from '../document/pointer.js'
import { exclusiveBounds } from './exclusive-bounds.js'
import type { Note } from './note.js'

/** Words of other dialects, which JSON Schema 2020-12 ignores, and what to write in their stead. */
const foreign: ReadonlyMap<string, string> = new Map([
  ['id', 'Write `$id`, or remove it.'],
  ['$async', 'Remove it.'],
  ['definitions', 'Write `$defs`.'],
  ['dependencies', 'Write `dependentRequired` or `dependentSchemas`.'],
  ['additionalItems', 'Write `prefixItems` with `items`.'],
  ['$recursiveRef', 'Write `$dynamicRef`.'],
  ['$recursiveAnchor', 'Write `$dynamicAnchor`.']
])

/** The words in a schema of OpenAPI 3.1 that mean nothing there, with advice. Looks into no schema below it. */
export const foreignWordNotes = (schema: Readonly<Record<string, unknown>>, at: string): Note[] => {
  const notes: Note[] = []
  for (const word of Object.keys(schema)) {
    const todo = word === 'nullable' ? nullableAdvice(schema) : foreign.get(word)
    if (todo === undefined) continue
    const what = `\`${word}\` means nothing in OpenAPI 3.1.`
    notes.push({ pointer: at + pointer(word), rule: `foreign-word ${word}`, what, todo })
  }
  return notes
}

const nullableAdvice = ({ nullable, type }: Readonly<Record<string, unknown>>): string => {
  if (nullable !== true) return 'Remove it.'
  if (typeof type === 'string') return `Write \`type: [${type}, 'null']\`.`
  return Array.isArray(type) ? "Add `'null'` to `type`." : "Write `anyOf` with `type: 'null'`."
}

/**
 * Takes `examples` out of a schema, if they aren't the list that JSON Schema asks for, but the map of OpenAPI's other
 * objects: they assert nothing, so that the rest can be served.
 */
export const dropNamedExamples = (schema: Record<string, unknown>, at: string): Note[] => {
  const { examples } = schema
  if (examples === undefined || Array.isArray(examples)) return []
  delete schema['examples']
  const what = 'The `examples` of a schema are a list, without names. These are ignored.'
  return [{ pointer: at + pointer('examples'), rule: 'named-examples', what, todo: 'Write a list.' }]
}

/**
 * Writes a boolean `exclusiveMinimum` or `exclusiveMaximum` as the number that it means beside `minimum` or `maximum`:
 * published contracts have them from OpenAPI 3.0, where the two together can mean only one thing. Without the other it
 * means nothing, and is refused as no valid schema.
 */
export const liftForeignBounds = (schema: Record<string, unknown>, at: string): Note[] =>
  exclusiveBounds.flatMap(([exclusive, bound]) => {
    if (typeof schema[exclusive] !== 'boolean' || typeof schema[bound] !== 'number') return []
    const limit = schema[bound]
    const isExclusive = schema[exclusive]
    if (isExclusive) schema[exclusive] = limit
    Reflect.deleteProperty(schema, isExclusive ? bound : exclusive)
    const what = `A boolean \`${exclusive}\` is a word of OpenAPI 3.0. It is read as it was meant there.`
    const todo = isExclusive ? `Write \`${exclusive}: ${limit}\` without \`${bound}\`.` : 'Remove it.'
    return [{ pointer: at + pointer(exclusive), rule: `foreign-word ${exclusive}`, what, todo }]
  })

/** Takes out of `required` what stands there more than once: the meta-schema forbids it, and it says nothing more. */
export const dropRepeated = (schema: Record<string, unknown>, at: string): Note[] => {
  const { required } = schema
  if (!Array.isArray(required) || new Set(required).size === required.length) return []
  schema['required'] = [...new Set(required)]
  const what = 'Some names stand in `required` more than once.'
  return [{ pointer: at + pointer('required'), rule: 'repeated-name', what, todo: 'Write each once.' }]
}

/** The format of a schema, if nobody knows it: it asserts nothing, as the specification says. */
export const unknownFormatNotes = ({ format }: Readonly<Record<string, unknown>>, at: string): Note[] => {
  if (typeof format !== 'string' || Object.hasOwn(formats.fullFormats, format)) return []
  const what = `The format \`${format}\` isn't known: nothing is checked.`
  const todo = 'Use a known one, or say it with `pattern`.'
  return [{ pointer: at + pointer('format'), rule: `unknown-format ${format}`, what, todo }]
}
