import { createAjv, summaries } from '../document/ajv.js'
import type { Finding, PlaceOf } from '../document/finding.js'
import { pointer, pointerOfFragment } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import { resolve } from '../document/reference.js'

// Below these keys stand values of the API's own, in which `$ref` and `schema` mean nothing.
const opaque = new Set(['example', 'value', 'default', 'const', 'enum'])
// Below these keys stand names of the API's own, which may look like keywords.
const naming = new Set(
  'paths webhooks responses headers content encoding callbacks examples properties patternProperties $defs'.split(' ')
)

/** What is wrong in an OpenAPI document whose structure is valid: with its schemas, its patterns, its references. */
export const contentFindings = (document: unknown, place: PlaceOf): Finding[] => {
  const findings: Finding[] = []
  const ajv = createAjv({ allErrors: true })

  const checkSchema = (schema: unknown, path: string): void => {
    if (!isRecord(schema) && typeof schema !== 'boolean') return
    if (isRecord(schema) && ('$schema' in schema || '$id' in schema || '$anchor' in schema)) {
      const what = "A schema with a name or a dialect of its own can't be served."
      findings.push({ place: place(path, 'key'), what, todo: 'Remove `$schema`, `$id` or `$anchor`.' })
      return
    }
    if (ajv.validateSchema(schema) === true) return
    for (const { instancePath, message } of (ajv.errors ?? []).filter(({ keyword }) => !summaries.has(keyword))) {
      const what = `isn't valid JSON Schema: ${message ?? 'broken'}.`
      findings.push({ place: place(path + instancePath), what, todo: 'Compare it with JSON Schema 2020-12.' })
    }
  }

  // Ajv doesn't look into patterns until it compiles them, which would be at the first request.
  const checkPattern = (pattern: string, path: string): void => {
    try {
      new RegExp(pattern, 'u')
    } catch (error) {
      const what = `isn't a regular expression: ${error instanceof Error ? error.message : ''}.`
      findings.push({ place: place(path), what, todo: 'Write it as ECMAScript does, with the flag `u`.' })
    }
  }

  const checkRef = (ref: string, path: string): void => {
    if (ref.includes('~') || (ref.startsWith('#') && !ref.startsWith('#/'))) {
      const what = `\`$ref: ${ref}\` can't be followed.`
      findings.push({ place: place(path), what, todo: 'Move what it names into `components`.' })
    } else if (!ref.startsWith('#')) {
      const what = `\`$ref: ${ref}\` leads out of the file.`
      findings.push({ place: place(path), what, todo: 'Move what it names into `components`.' })
    } else if (resolve(document, pointerOfFragment(ref)).value === undefined) {
      findings.push({ place: place(path), what: `\`$ref: ${ref}\` leads to nothing.`, todo: 'Check its spelling.' })
    }
  }

  const visit = (value: unknown, path: string, named: boolean): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, child] of Object.entries(value)) {
      const at = path + pointer(key)
      if (!named && key.startsWith('x-')) continue
      if (!named && (opaque.has(key) || (key === 'examples' && Array.isArray(child)))) continue
      if (!named && key === '$ref' && typeof child === 'string') checkRef(child, at)
      if (!named && key === 'pattern' && typeof child === 'string') checkPattern(child, at)
      if (!named && key === 'patternProperties' && isRecord(child)) {
        for (const name of Object.keys(child)) checkPattern(name, at + pointer(name))
      }
      if (path === '/components/schemas' || (!named && key === 'schema')) checkSchema(child, at)
      visit(child, at, path === '/components' || (!named && naming.has(key)))
    }
  }
  visit(document, '', false)
  return findings
}
