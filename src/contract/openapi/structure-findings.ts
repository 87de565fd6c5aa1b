import type { Finding, PlaceOf } from '../document/finding.js'
import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import type { Violation } from '../schema/check.js'
import { openapiSchema, type OpenapiVersion } from './openapi-schema.js'

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

const summaries: ReadonlySet<string> = new Set(['oneOf', 'anyOf'])

const invalidities = (document: unknown, place: PlaceOf, version: OpenapiVersion): Finding[] => {
  const schema = openapiSchema(version)
  if (schema.isValid('', document)) return []
  // Those that only sum up what others say in detail are left out.
  const violations = schema.violations('', document).filter(({ keyword }) => !summaries.has(keyword))
  const paths = violations.map(({ path }) => pointer(...path))
  // A property in which something is wrong counts as unevaluated, too: what is wrong in it is enough.
  const blamed = (at: string, index: number): boolean =>
    paths.some((other, one) => one !== index && (other === at || other.startsWith(`${at}/`)))
  return violations.flatMap((violation, index) => {
    const isSurplus = surplus.has(violation.keyword)
    if (isSurplus && blamed(pointer(...violation.path), index)) return []
    return [structureFinding(violation, isSurplus, place, version)]
  })
}

const surplus: ReadonlySet<string> = new Set(['unevaluatedProperties', 'additionalProperties'])

const structureFinding = (
  { path, keyword, params, message }: Violation,
  isSurplus: boolean,
  place: PlaceOf,
  version: OpenapiVersion
): Finding => {
  const at = pointer(...path)
  if (isSurplus) {
    const what = `\`${path.at(-1) ?? ''}\` isn't known to OpenAPI ${version} here.`
    return { place: place(at, 'key'), what, todo: 'Check its spelling and its indentation.' }
  }
  if (keyword === 'required') {
    const owner = pointer(...path.slice(0, -1))
    return { place: place(owner, 'key'), what: `\`${path.at(-1) ?? ''}\` is missing.`, todo: 'Add it.' }
  }
  const allowed: unknown = params['allowedValues']
  const what = `${message}${Array.isArray(allowed) ? `: ${allowed.join(', ')}` : ''}.`
  return { place: place(at), what, todo: `Compare it with OpenAPI ${version}.` }
}
