import { liftExclusiveBounds } from './exclusive-bounds.js'
import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import { openapiVersionOf } from './structure-findings.js'
import {
  dropNamedExamples,
  dropRepeated,
  foreignWordNotes,
  liftForeignBounds,
  unknownFormatNotes
} from './foreign-words.js'
import type { Note } from './note.js'
import { type Kind, type Visit, walk } from './walk.js'

/**
 * Makes an OpenAPI 3.1 document of one of 3.0 or 3.2 whose structure is valid, in place: what is left stands where it
 * stood, so that places hold. Follows the grammar, and never changes a value: an example, a default, an enum, an
 * extension. What a document of 3.2 says that 3.1 can't is told by `newerWordFindings`.
 *
 * @param also called for each object of the document on the same walk, which takes the time
 * @returns what the document says in vain, of which all that could mean something in 3.1 has been taken out
 */
export const lift = (document: unknown, also: Visit = () => undefined): { readonly notes: readonly Note[] } => {
  const notes: Note[] = []
  const isOld = openapiVersionOf(document) === '3.0'
  walk(document, (kind, object, path, parent) => {
    also(kind, object, path, parent)
    if (!isRecord(object)) return
    if (isOld) liftObject(notes, kind, object, path)
    if (kind !== 'Schema') return
    if (!isOld) {
      notes.push(...foreignWordNotes(object, path), ...dropNamedExamples(object, path))
      notes.push(...liftForeignBounds(object, path), ...dropRepeated(object, path))
    }
    notes.push(...unknownFormatNotes(object, path))
  })
  if (isRecord(document)) document['openapi'] = '3.1.0'
  return { notes }
}

const liftObject = (notes: Note[], kind: Kind, object: Record<string, unknown>, path: string): void => {
  if (kind === 'PathItem') dropBodies(notes, object, path)
  else if (typeof object['$ref'] === 'string') dropSiblings(notes, object, path)
  else if (kind === 'Schema') liftSchema(notes, object, path)
}

const liftSchema = (notes: Note[], object: Record<string, unknown>, path: string): void => {
  liftNullable(notes, object, path)
  for (const keyword of liftExclusiveBounds(object)) {
    const what = `\`${keyword}\` means nothing in OpenAPI 3.0 without \`${keyword === 'exclusiveMinimum' ? 'minimum' : 'maximum'}\`.`
    notes.push({ pointer: path + pointer(keyword), rule: 'exclusive-without-bound', what, todo: 'Add it.' })
  }
}

// OpenAPI 3.0 §4.7.23.1: whatever stands beside a `$ref` is ignored. In 3.1 it would hold.
const dropSiblings = (notes: Note[], object: Record<string, unknown>, path: string): void => {
  const siblings = Object.keys(object).filter(key => key !== '$ref')
  const [first] = siblings
  if (first === undefined) return
  for (const key of siblings) Reflect.deleteProperty(object, key)
  const what = `Nothing beside a \`$ref\` has an effect in OpenAPI 3.0: ${siblings.map(key => `\`${key}\``).join(', ')}.`
  const todo = 'Remove it, or put the `$ref` into an `allOf`.'
  notes.push({ pointer: path + pointer(first), rule: 'sibling-of-ref', what, todo })
}

// OpenAPI 3.0 §4.7.10.1, §4.7.24.1, and its "Clarify Nullable" of 2019: `null` is added to `type`, and to nothing else.
const liftNullable = (notes: Note[], schema: Record<string, unknown>, path: string): void => {
  const { nullable, type, enum: values } = schema
  delete schema['nullable']
  if (nullable !== true) return
  const note = (rule: string, what: string, todo: string): void => {
    notes.push({ pointer: path + pointer('nullable'), rule, what, todo })
  }
  if (typeof type !== 'string') {
    note('nullable-without-type', '`nullable` means nothing in OpenAPI 3.0 without `type` beside it.', 'Add `type`.')
    return
  }
  schema['type'] = [type, 'null']
  if (Array.isArray(values) && !values.includes(null)) {
    note('nullable-enum', '`nullable` means nothing beside an `enum` without `null`.', 'Add `null` to `enum`.')
  }
}

const bodiless = ['get', 'head', 'delete'] as const

// OpenAPI 3.0 §4.7.10.1: ignored where HTTP gives a body no meaning. The operation may also stand elsewhere, by a YAML
// alias, so it is left as it is.
const dropBodies = (notes: Note[], item: Record<string, unknown>, path: string): void => {
  for (const method of bodiless) {
    const operation = item[method]
    if (!isRecord(operation) || operation['requestBody'] === undefined) continue
    item[method] = Object.fromEntries(Object.entries(operation).filter(([key]) => key !== 'requestBody'))
    const what = `The body of ${method.toUpperCase()} is ignored in OpenAPI 3.0.`
    const todo = 'Remove it, or write `openapi: 3.1.0`.'
    notes.push({ pointer: path + pointer(method, 'requestBody'), rule: 'ignored-body', what, todo })
  }
}
