import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
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
export const documentFindings = (document: unknown, place: PlaceOf): Finding[] => {
  const version = isRecord(document) ? document['openapi'] : undefined
  if (typeof version === 'string' && /^3\.1\.\d+$/.test(version)) {
    return [...structureFindings(document, place), ...contentFindings(document, place)]
  }
  const what = version === undefined ? 'says no OpenAPI version.' : `is OpenAPI ${JSON.stringify(version)}.`
  return [{ place: place('/openapi'), what, todo: 'Write `openapi: 3.1.0`.' }]
}

let compiled: ValidateFunction | undefined

/** The OpenAPI Initiative's schema of OpenAPI 3.1, compiled once: it takes 100 ms, as long as all the rest. */
const openapiSchema = (): ValidateFunction => {
  if (compiled) return compiled
  const file = createRequire(import.meta.url).resolve('@seriousme/openapi-schema-validator/schemas/v3.1/schema.json')
  const schema = JSON.parse(readFileSync(file, 'utf8')) as object
  return (compiled = createAjv({ allErrors: true, logger: false }).compile(schema))
}

// These only sum up what other errors say in detail.
const summaries = new Set(['if', 'oneOf', 'anyOf'])

const structureFindings = (document: unknown, place: PlaceOf): Finding[] => {
  const validate = openapiSchema()
  if (validate(document)) return []
  const errors = (validate.errors ?? []).filter(({ keyword }) => !summaries.has(keyword))
  const paths = errors.map(({ instancePath }) => instancePath)
  // A property in which something is wrong counts as unevaluated, too: what is wrong in it is enough.
  const blamed = (path: string): boolean => paths.some(other => other === path || other.startsWith(`${path}/`))
  return errors.flatMap(error => {
    const surplus = surplusOf(error)
    if (surplus !== undefined && blamed(error.instancePath + pointer(surplus))) return []
    return [structureFinding(error, surplus, place)]
  })
}

const surplusOf = ({ params }: ErrorObject): string | undefined => {
  const surplus: unknown = params['unevaluatedProperty'] ?? params['additionalProperty']
  return typeof surplus === 'string' ? surplus : undefined
}

const structureFinding = (error: ErrorObject, surplus: string | undefined, place: PlaceOf): Finding => {
  const { instancePath, keyword, params, message } = error
  if (surplus !== undefined) {
    const what = `\`${surplus}\` isn't known to OpenAPI 3.1 here.`
    const todo = 'Check its spelling and its indentation.'
    return { place: place(instancePath + pointer(surplus), 'key'), what, todo }
  }
  const missing: unknown = params['missingProperty']
  if (typeof missing === 'string') {
    return { place: place(instancePath, 'key'), what: `\`${missing}\` is missing.`, todo: 'Add it.' }
  }
  const allowed: unknown = params['allowedValues']
  const what = `${message ?? keyword}${Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''}.`
  return { place: place(instancePath), what, todo: 'Compare it with OpenAPI 3.1.' }
}

// Below these keys stand values of the API's own, in which `$ref` and `schema` mean nothing.
const opaque = new Set(['example', 'value', 'default', 'const', 'enum'])
// Below these keys stand names of the API's own, which may look like keywords.
const naming = new Set(
  'paths webhooks responses headers content encoding callbacks examples properties patternProperties $defs'.split(' ')
)

const contentFindings = (document: unknown, place: PlaceOf): Finding[] => {
  const findings: Finding[] = []
  const ajv = createAjv({ allErrors: true })

  const checkSchema = (schema: unknown, path: string): void => {
    if ((!isRecord(schema) && typeof schema !== 'boolean') || ajv.validateSchema(schema) === true) return
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
      if (!named && key === 'pattern' && typeof child === 'string') checkPattern(child, at)
      if (path === '/components/schemas' || (!named && key === 'schema')) checkSchema(child, at)
      visit(child, at, path === '/components' || (!named && naming.has(key)))
    }
  }
  visit(document, '', false)
  return findings
}
