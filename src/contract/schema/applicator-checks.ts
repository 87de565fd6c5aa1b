import { isRecord } from '../document/record.js'
import { type Check, mostViolations, teller, type Violation } from './check.js'
import type { Evaluated } from './evaluated.js'

/** `anyOf` (JSON Schema 2020-12 Core §10.2.1.2). What the alternatives say against a value is told of all of them. */
export const anyOfCheck = (checks: readonly Check[], rule: string): Check => {
  const tell = teller(rule, 'anyOf', 'must match a schema in anyOf')
  return (value, told, evaluated) => {
    const against: Violation[][] = []
    let kept = false
    for (const check of checks) {
      const branch = evaluated?.fork()
      const toldHere: Violation[] = []
      if (check(value, told && toldHere, branch)) {
        kept = true
        if (evaluated === undefined || branch === undefined) return true
        evaluated.merge(branch) // all that hold count, not only the first
      } else {
        against.push(toldHere)
      }
    }
    if (kept) return true
    tellAll(told, against)
    return tell(told)
  }
}

/** `oneOf` (§10.2.1.3). */
export const oneOfCheck = (checks: readonly Check[], rule: string): Check => {
  const tell = (passing: readonly number[] | null): ReturnType<typeof teller> =>
    teller(rule, 'oneOf', 'must match exactly one schema in oneOf', { passingSchemas: passing })
  return (value, told, evaluated) => {
    const against: Violation[][] = []
    const passing: { readonly index: number; readonly branch: Evaluated | undefined }[] = []
    for (const [index, check] of checks.entries()) {
      const branch = evaluated?.fork()
      const toldHere: Violation[] = []
      if (check(value, told && toldHere, branch)) passing.push({ index, branch })
      else against.push(toldHere)
      if (passing.length > 1) return tell(passing.map(one => one.index))(told)
    }
    const [only] = passing
    if (!only) {
      tellAll(told, against)
      return tell(null)(told)
    }
    if (only.branch) evaluated?.merge(only.branch)
    return true
  }
}

const tellAll = (told: Violation[] | undefined, against: readonly Violation[][]): void => {
  for (const violation of against.flat()) if (told && told.length < mostViolations) told.push(violation)
}

/** `not` (§10.2.1.4). */
export const notCheck = (check: Check, rule: string): Check => {
  const tell = teller(rule, 'not', 'must NOT be valid')
  return (value, told) => !check(value, undefined, undefined) || tell(told)
}

/** `if`, `then` and `else` (§10.2.2). */
export const ifCheck =
  (condition: Check, consequence: Check, alternative: Check): Check =>
  (value, told, evaluated) => {
    const branch = evaluated?.fork()
    const holds = condition(value, undefined, branch)
    if (evaluated && branch) {
      if (holds) evaluated.merge(branch)
      else if (evaluated.deep) evaluated.mentionAllOf(branch)
    }
    return (holds ? consequence : alternative)(value, told, evaluated)
  }

/** `dependentSchemas` (§10.2.2.4). */
export const dependentSchemasCheck =
  (schemas: readonly (readonly [name: string, check: Check])[]): Check =>
  (value, told, evaluated) => {
    if (!isRecord(value)) return true
    let kept = true
    for (const [name, check] of schemas) {
      if (!Object.hasOwn(value, name) || check(value, told, evaluated)) continue
      kept = false
      if (told === undefined) return false
    }
    return kept
  }
