import { isRecord } from '../document/record.js'
import { type Check, teller } from './check.js'
import { identityOf } from './equality.js'

const tests: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: value => typeof value === 'string',
  number: value => Number.isFinite(value),
  integer: value => Number.isInteger(value),
  boolean: value => typeof value === 'boolean',
  null: value => value === null,
  object: isRecord,
  array: Array.isArray
}

/** The names of types (JSON Schema 2020-12 Validation §6.1.1). */
export const typeNames: readonly string[] = Object.keys(tests)

/** Whether a value has a type. Numbers that JSON can't write, such as 1e400, have none. */
export const hasType = (type: string, value: unknown): boolean => tests[type]?.(value) === true

/** `type` (JSON Schema 2020-12 Validation §6.1.1). */
export const typeCheck = (type: unknown, rule: string): Check => {
  const names = (Array.isArray(type) ? type : [type]).map(String)
  const tell = teller(rule, 'type', `must be ${names.join(',')}`, { type: names.join(',') })
  const [test = () => false, ...others] = names.flatMap(name => tests[name] ?? [])
  // The commonest ones without a call of another function.
  if (type === 'string') return (value, told) => typeof value === 'string' || tell(told)
  if (type === 'number') return (value, told) => (typeof value === 'number' && Number.isFinite(value)) || tell(told)
  if (type === 'integer') return (value, told) => Number.isInteger(value) || tell(told)
  if (type === 'object') {
    return (value, told) => (typeof value === 'object' && value !== null && !Array.isArray(value)) || tell(told)
  }
  if (others.length === 0) return (value, told) => test(value) || tell(told)
  return (value, told) => test(value) || others.some(other => other(value)) || tell(told)
}

/** `const` (§6.1.3). */
export const constCheck = (only: unknown, rule: string): Check => {
  const tell = teller(rule, 'const', 'must be equal to constant', { allowedValue: only })
  const identity = identityOf(only)
  return typeof only === 'string'
    ? (value, told) => value === only || tell(told)
    : (value, told) => identityOf(value) === identity || tell(told)
}

/** `enum` (§6.1.2). */
export const enumCheck = (values: readonly unknown[], rule: string): Check => {
  const tell = teller(rule, 'enum', 'must be equal to one of the allowed values', { allowedValues: values })
  const identities = new Set(values.map(identityOf))
  const plain = new Set(values.filter(value => typeof value === 'string'))
  return (value, told) => plain.has(value as string) || identities.has(identityOf(value)) || tell(told)
}
