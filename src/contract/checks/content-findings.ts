import { createAjv, summaries } from '../document/ajv.js'
import type { Finding } from '../document/finding.js'
import { isFileReference } from '../document/locate.js'
import { pointer, pointerOfFragment } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import type { Contract } from '../openapi/contract.js'
import { walk } from '../openapi/walk.js'

/** What is wrong in an OpenAPI document whose structure is valid: with its schemas, its patterns, its references. */
export const contentFindings = ({ document, place, resolve }: Contract): Finding[] => {
  const findings: Finding[] = []
  const ajv = createAjv({ allErrors: true })

  const checkSchema = (schema: unknown, path: string): void => {
    if (ajv.validateSchema(schema as object) === true) return
    for (const { instancePath, message } of (ajv.errors ?? []).filter(({ keyword }) => !summaries.has(keyword))) {
      const what = `isn't valid JSON Schema: ${message ?? 'broken'}.`
      findings.push({ place: place(path + instancePath), what, todo: 'Compare it with JSON Schema 2020-12.' })
    }
  }

  const checkNames = (schema: object, path: string): void => {
    if (!('$schema' in schema || '$id' in schema || '$anchor' in schema)) return
    const what = "A schema with a name or a dialect of its own can't be served."
    findings.push({ place: place(path, 'key'), what, todo: 'Remove `$schema`, `$id` or `$anchor`.' })
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
    const find = (what: string, todo: string): void => {
      findings.push({ place: place(path), what: `\`$ref: ${ref}\` ${what}.`, todo })
    }
    if (!ref.startsWith('#') && !isFileReference(ref)) {
      find('leads to a URL, which is never fetched', 'Put what it names beside the contract.')
    } else if (!ref.startsWith('#')) {
      find('leads out of the file', 'Move what it names into `components`.')
    } else if (!ref.startsWith('#/')) {
      find("can't be followed", 'Move what it names into `components`.')
    } else if (resolve(pointerOfFragment(ref)).value === undefined) {
      find('leads to nothing', 'Check its spelling.')
    }
  }

  walk(document, (kind, object, path, parent) => {
    if (kind === 'Schema' && parent !== 'Schema') checkSchema(object, path)
    if (!isRecord(object)) return
    const { $ref: ref, pattern, patternProperties: patterns } = object
    if (typeof ref === 'string') checkRef(ref, path + pointer('$ref'))
    if (kind !== 'Schema') return
    checkNames(object, path)
    if (typeof pattern === 'string') checkPattern(pattern, path + pointer('pattern'))
    if (!isRecord(patterns)) return
    for (const name of Object.keys(patterns)) checkPattern(name, path + pointer('patternProperties', name))
  })
  return findings
}
