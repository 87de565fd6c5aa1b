import type { Evaluated } from './evaluated.js'

/** A rule of a schema that a value breaks. Never has the value that broke it, which may be a secret. */
export interface Violation {
  /** The names and indices from the value down to what breaks the rule, or to what is missing or surplus. */
  readonly path: string[]
  readonly keyword: string
  /** What the keyword says: `limit`, `pattern`, `allowedValues`, `missingProperty`, … */
  readonly params: Readonly<Record<string, unknown>>
  readonly message: string
  /** The JSON Pointer of the keyword in the document. */
  readonly rule: string
}

/** The most broken rules that are told of one value: a list of 16 KiB can break 8,000. */
export const mostViolations = 64

/**
 * Whether a value keeps what a schema, or a keyword of one, says.
 *
 * @param told takes the rules that are broken, up to `mostViolations`; without it the first one ends the work
 * @param evaluated takes the properties and items that the schema speaks of (JSON Schema 2020-12 §7.7.1)
 */
export type Check = (value: unknown, told: Violation[] | undefined, evaluated: Evaluated | undefined) => boolean

/** What is always kept. */
export const always: Check = () => true

/** Tells of a broken rule, if anybody wants to know. */
export type Tell = (told: Violation[] | undefined, ...path: readonly string[]) => false

/** Makes the `Tell` of a keyword at a place: all but where in the value is the same each time. */
export const teller =
  (rule: string, keyword: string, message: string, params: Readonly<Record<string, unknown>> = {}): Tell =>
  (told, ...path) => {
    if (told !== undefined && told.length < mostViolations)
      told.push({ path: [...path], keyword, params, message, rule })
    return false
  }

/** Checks a part of a value: what is told of it is told with the way to it. */
export const checkBelow = (
  check: Check,
  value: unknown,
  name: string | number,
  told: Violation[] | undefined,
  evaluated: Evaluated | undefined
): boolean => {
  if (told === undefined) return check(value, undefined, evaluated)
  const before = told.length
  if (before >= mostViolations) return false
  const kept = check(value, told, evaluated)
  for (let index = before; index < told.length; index += 1) told[index]?.path.unshift(String(name))
  return kept
}

/** All of several checks: to the first that fails, or to the last where broken rules are told. */
export const checkAll = (checks: readonly Check[]): Check => {
  const [first = always, ...others] = checks
  if (others.length === 0) return first
  const second = checkAll(others)
  return (value, told, evaluated) => {
    if (told === undefined) return first(value, undefined, evaluated) && second(value, undefined, evaluated)
    const kept = first(value, told, evaluated)
    return second(value, told, evaluated) && kept
  }
}
