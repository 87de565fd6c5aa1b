import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js'
import { createAjv, summaries } from './ajv.js'
import type { Finding, PlaceOf } from './finding.js'
import { pointer } from './pointer.js'
import { isRecord } from './record.js'

/**
 * What keeps a value from having the structure of an OpenAPI 3.1 document. Other versions are refused, because their
 * schemas mean other things (`nullable`, `exclusiveMinimum: true`).
 */
export const structureFindings = (document: unknown, place: PlaceOf): Finding[] => {
  const version = isRecord(document) ? document['openapi'] : undefined
  if (typeof version === 'string' && /^3\.1\.\d+$/.test(version)) return invalidities(document, place)
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

const invalidities = (document: unknown, place: PlaceOf): Finding[] => {
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
