import type { Contract } from '../openapi/contract.js'
import { evaluatorOf } from '../openapi/evaluator-of.js'
import { defaultOf, nameOf, type ParameterAt, type ParameterLocation, schemaPointerOf } from '../openapi/parameter.js'
import type { BrokenRule } from '../problems.js'
import type { Evaluator } from '../schema/evaluator.js'
import { brokenRule, missing, unread } from './broken-rule.js'
import { judgeOf } from './judge.js'
import { setOwn } from './own-property.js'
import { requestReader, type SentRequest } from './request-reader.js'

/** The values of parameters by location and name, defaults among them, and the rules that they break. */
export interface ReceivedParameters {
  readonly values: Readonly<Partial<Record<ParameterLocation, Record<string, unknown>>>>
  readonly broken: readonly BrokenRule[]
}

/** Makes the function that reads parameters and validates them. */
export const parameterReceiver = (
  contract: Contract,
  parameters: readonly ParameterAt[]
): ((sent: SentRequest) => ReceivedParameters) => {
  const read = requestReader(contract, parameters, judgeOf(contract))
  const checks = parameters.map(one => checkOf(contract, one))
  return sent => {
    const { values, unreadable } = read(sent)
    const broken: BrokenRule[] = []
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
    return { values, broken }
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
