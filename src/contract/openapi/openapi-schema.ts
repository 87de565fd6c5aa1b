import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { liftExclusiveBounds } from './exclusive-bounds.js'
import { isRecord } from '../document/record.js'
import { Evaluator } from '../schema/evaluator.js'

/** The versions of OpenAPI that are read, without their patches. */
export type OpenapiVersion = '3.0' | '3.1' | '3.2'

const compiled = new Map<OpenapiVersion, Evaluator>()

/** The evaluator of the OpenAPI Initiative's schema of a version, made once. The schema is the whole of its document. */
export const openapiSchema = (version: OpenapiVersion): Evaluator => {
  const known = compiled.get(version)
  if (known) return known
  const name = `@seriousme/openapi-schema-validator/schemas/v${version}/schema.json`
  const text = readFileSync(createRequire(import.meta.url).resolve(name), 'utf8')
  const lifted = version === '3.0' ? (_key: string, value: unknown) => liftedFromDraft4(value) : undefined
  const evaluator = new Evaluator(JSON.parse(text, lifted))
  compiled.set(version, evaluator)
  return evaluator
}

// The schema of 3.0 is written in draft 4. Its alternatives are told apart by what the value says that it is, as in
// the later ones: with `oneOf`, a mistake in one would be told as if it were one in each of them.
const liftedFromDraft4 = (value: unknown): unknown => {
  if (!isRecord(value)) return value
  liftExclusiveBounds(value)
  const { oneOf, ...rest } = value
  return Array.isArray(oneOf) ? { ...rest, ...alternatives(oneOf) } : value
}

const reference = '#/definitions/Reference'

const alternatives = (branches: readonly unknown[]): object => {
  const refs = branches.map(branch => (isRecord(branch) ? branch['$ref'] : undefined))
  const others = branches.filter((_, index) => refs[index] !== reference)
  if (others.length < branches.length) {
    return { if: { type: 'object', required: ['$ref'] }, then: { $ref: reference }, else: typed(others) }
  }
  return typed(branches)
}

const schemeTypes = new Map([
  ['#/definitions/APIKeySecurityScheme', 'apiKey'],
  ['#/definitions/HTTPSecurityScheme', 'http'],
  ['#/definitions/OAuth2SecurityScheme', 'oauth2'],
  ['#/definitions/OpenIdConnectSecurityScheme', 'openIdConnect']
])

const typed = (branches: readonly unknown[]): object => {
  const [first, second] = branches
  if (second === undefined) return isRecord(first) ? first : {}
  if (isRecord(second) && second['type'] === 'boolean') return { if: { type: 'boolean' }, else: first }
  const types = branches.map(branch => isRecord(branch) && schemeTypes.get(String(branch['$ref'])))
  if (!types.every(type => typeof type === 'string')) return { oneOf: branches }
  const cases = branches.map((branch, index) => ({
    if: { properties: { type: { const: types[index] } } },
    then: branch
  }))
  return { type: 'object', required: ['type'], properties: { type: { enum: types } }, allOf: cases }
}
