import type { Contract } from '../openapi/contract.js'
import { evaluatorOf } from '../openapi/evaluator-of.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { defaultOf, nameOf, type ParameterAt, parametersOf, schemaPointerOf } from '../openapi/parameter.js'
import type { BrokenRule } from '../problems.js'
import type { Evaluator } from '../schema/evaluator.js'
import { brokenRule, missing, type Take, unread } from './broken-rule.js'
import { judgeOf } from './judge.js'
import { setOwn } from './own-property.js'
import { rawCookies, type RawFields, rawFields } from './raw-fields.js'
import { requestReader } from './request-reader.js'

const partOf = { path: 'params', query: 'query', header: 'headers', cookie: 'cookies' } as const

const noFields: RawFields = new Map()

/** Takes the parameters of an operation from a request; `undefined` if it has none. */
export const takeParameters = (contract: Contract, operation: OperationObject): Take | undefined => {
  const parameters = parametersOf(contract, operation)
  if (parameters.length === 0) return undefined
  const read = requestReader(contract, parameters, judgeOf(contract))
  const checks = parameters.map(one => checkOf(contract, one))
  const locations = new Set(checks.map(({ location }) => location))
  return request => {
    const { values, unreadable } = read({
      params: request.params,
      headers: request.message.headers,
      query: locations.has('query') ? rawFields(request.search) : noFields,
      cookies: locations.has('cookie') ? rawCookies(request.message.headers.cookie) : noFields
    })
    const broken: BrokenRule[] = []
    for (const location of locations) request.input[partOf[location]] = values[location]
    for (const { at, location, name, required, receive, preset, mayBeEmpty } of checks) {
      const part = values[location] ?? {}
      if (Object.hasOwn(part, name)) {
        if (!receive) continue
        const outcome = receive(part[name])
        if ('value' in outcome) part[name] = outcome.value
        else if (mayBeEmpty && isEmpty(part[name])) {
          Reflect.deleteProperty(part, name)
          if (preset) setOwn(part, name, structuredClone(preset.value))
        } else broken.push(...outcome.violations.map(violation => brokenRule(location, [name], violation)))
      } else if (unreadable.some(one => one.location === location && one.name === name)) {
        broken.push(unread(location, name, at))
      } else if (required) {
        broken.push(required)
      } else if (preset) {
        setOwn(part, name, structuredClone(preset.value))
      }
    }
    return broken
  }
}

// What comes of a field without a value where a text is no value: itself, or a list of it.
const isEmpty = (value: unknown): boolean => value === '' || (Array.isArray(value) && value.every(one => one === ''))

interface ParameterCheck extends Pick<ParameterAt, 'at'>, ReturnType<typeof nameOf> {
  readonly required: BrokenRule | undefined
  /** What becomes of its values, if it has a schema. */
  readonly receive: ReturnType<Evaluator['receiver']> | undefined
  /** Whether it can be sent empty in place of not at all (OpenAPI 3.1 §4.8.12.2, `allowEmptyValue`). */
  readonly mayBeEmpty: boolean
  readonly preset: { readonly value: unknown } | undefined
}

const checkOf = (contract: Contract, one: ParameterAt): ParameterCheck => {
  const { location, name } = nameOf(one)
  const schema = schemaPointerOf(one)
  return {
    at: one.at,
    location,
    name,
    required: one.parameter.required === true ? missing(location, [name], `${one.at}/required`) : undefined,
    receive: contract.resolve(schema).value === undefined ? undefined : evaluatorOf(contract).receiver(schema),
    mayBeEmpty: location === 'query' && one.parameter.allowEmptyValue === true && one.parameter.required !== true,
    preset: defaultOf(contract, one)
  }
}
