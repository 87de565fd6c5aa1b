import { Validator } from '@seriousme/openapi-schema-validator'
import type { ErrorObject } from 'ajv'
import { createAjv } from './ajv.js'
import type { Finding } from './finding.js'
import { pointer, pointerOfFragment } from './pointer.js'
import { isRecord } from './record.js'
import { resolve } from './resolve.js'

type PlaceOf = (path: string, part?: 'key' | 'value') => string

/**
 * What keeps a value from being a valid OpenAPI 3.1 document: its structure, its schemas, its references. Other
 * versions are refused, because their schemas mean other things (`nullable`, `exclusiveMinimum: true`).
 */
export const documentFindings = async (document: unknown, place: PlaceOf): Promise<Finding[]> => {
  const version = isRecord(document) ? document['openapi'] : undefined
  if (!isRecord(document) || typeof version !== 'string' || !/^3\.1\.\d+$/.test(version)) {
    const what = version === undefined ? 'says no OpenAPI version.' : `is OpenAPI ${JSON.stringify(version)}.`
    return [{ place: place('/openapi'), what, todo: 'Write `openapi: 3.1.0`.' }]
  }
  const { errors } = await new Validator().validate(document)
  if (typeof errors === 'string') return [{ place: place(''), what: errors, todo: 'Compare it with OpenAPI 3.1.' }]
  const structure = (errors ?? []).filter(error => error.keyword !== 'if').map(error => structureFinding(error, place))
  return structure.length > 0 ? structure : contentFindings(document, place)
}

const structureFinding = ({ instancePath, keyword, params, message }: ErrorObject, place: PlaceOf): Finding => {
  const surplus: unknown = params['unevaluatedProperty'] ?? params['additionalProperty']
  if (typeof surplus === 'string') {
    return {
      place: place(instancePath + pointer(surplus), 'key'),
      what: `\`${surplus}\` isn't known to OpenAPI 3.1 here.`,
      todo: 'Check its spelling and its indentation.'
    }
  }
  const missing: unknown = params['missingProperty']
  if (typeof missing === 'string') {
    return { place: place(instancePath, 'key'), what: `\`${missing}\` is missing.`, todo: 'Add it.' }
  }
  return {
    place: place(instancePath),
    what: `${message ?? keyword}.`,
    todo: 'Compare it with OpenAPI 3.1.'
  }
}

// Below these keys stand values of the API's own, in which `$ref` and `schema` mean nothing.
const opaque = new Set(['example', 'value', 'default', 'const', 'enum'])
// Below these keys stand names of the API's own, which may look like keywords.
const naming = new Set(
  'paths webhooks responses headers content encoding callbacks examples properties patternProperties $defs'.split(' ')
)

const contentFindings = (document: unknown, place: PlaceOf): Finding[] => {
  const findings: Finding[] = []
  const ajv = createAjv({ allErrors: false })

  const checkSchema = (schema: unknown, path: string): void => {
    if (!isRecord(schema) && typeof schema !== 'boolean') return
    if (ajv.validateSchema(schema) === true) return
    for (const { instancePath, message } of ajv.errors ?? []) {
      findings.push({
        place: place(path + instancePath),
        what: `isn't valid JSON Schema: ${message ?? 'broken'}.`,
        todo: 'Compare it with JSON Schema 2020-12.'
      })
    }
  }

  const checkRef = (ref: string, path: string): void => {
    if (!ref.startsWith('#')) {
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
      if (!named && (opaque.has(key) || (key === 'examples' && Array.isArray(child)))) continue
      if (!named && key === '$ref' && typeof child === 'string') checkRef(child, at)
      if (!named && key === 'schema') checkSchema(child, at)
      if (path === '/components/schemas') checkSchema(child, at)
      visit(child, at, path === '/components' || (!named && naming.has(key)))
    }
  }
  visit(document, '', false)
  return findings
}
