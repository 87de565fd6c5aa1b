import type { ErrorObject } from 'ajv/dist/2020.js'
import { summaries } from './ajv.js'
import type { Finding, PlaceOf } from './finding.js'
import { openapiSchema, type OpenapiVersion } from './openapi-schema.js'
import { pointer } from './pointer.js'
import { isRecord } from './record.js'

/** The version of OpenAPI that a value says to be written in, without its patch; `undefined` if it isn't read. */
export const openapiVersionOf = (document: unknown): OpenapiVersion | undefined => {
  const version = isRecord(document) ? document['openapi'] : undefined
  return typeof version === 'string' && /^3\.[012]\.\d+$/.test(version)
    ? (version.slice(0, 3) as OpenapiVersion)
    : undefined
}

/**
 * What keeps a value from having the structure of an OpenAPI 3.0, 3.1 or 3.2 document, each by its own schema. The
 * version is looked at first: a large document of another kind is refused without a look at the rest.
 */
export const structureFindings = (document: unknown, place: PlaceOf): Finding[] => {
  const version = openapiVersionOf(document)
  if (version) return invalidities(document, place, version)
  const said = isRecord(document) ? document['openapi'] : undefined
  const what = said === undefined ? 'says no OpenAPI version.' : `is OpenAPI ${JSON.stringify(said)}.`
  return [{ place: place('/openapi'), what, todo: 'Write `openapi: 3.1.0`.' }]
}

const invalidities = (document: unknown, place: PlaceOf, version: OpenapiVersion): Finding[] => {
  const validate = openapiSchema(version)
  if (validate(document)) return []
  const errors = (validate.errors ?? []).filter(({ keyword }) => !summaries.has(keyword))
  const paths = errors.map(({ instancePath }) => instancePath)
  // A property in which something is wrong counts as unevaluated, too: what is wrong in it is enough.
  const blamed = (path: string): boolean => paths.some(other => other === path || other.startsWith(`${path}/`))
  return errors.flatMap(error => {
    const surplus = surplusOf(error)
    if (surplus !== undefined && blamed(error.instancePath + pointer(surplus))) return []
    return [structureFinding(error, surplus, place, version)]
  })
}

const surplusOf = ({ params }: ErrorObject): string | undefined => {
  const surplus: unknown = params['unevaluatedProperty'] ?? params['additionalProperty']
  return typeof surplus === 'string' ? surplus : undefined
}

const structureFinding = (
  error: ErrorObject,
  surplus: string | undefined,
  place: PlaceOf,
  version: OpenapiVersion
): Finding => {
  const { instancePath, keyword, params, message } = error
  if (surplus !== undefined) {
    const what = `\`${surplus}\` isn't known to OpenAPI ${version} here.`
    const todo = 'Check its spelling and its indentation.'
    return { place: place(instancePath + pointer(surplus), 'key'), what, todo }
  }
  const missing: unknown = params['missingProperty']
  if (typeof missing === 'string') {
    return { place: place(instancePath, 'key'), what: `\`${missing}\` is missing.`, todo: 'Add it.' }
  }
  const allowed: unknown = params['allowedValues']
  const what = `${message ?? keyword}${Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''}.`
  return { place: place(instancePath), what, todo: `Compare it with OpenAPI ${version}.` }
}
