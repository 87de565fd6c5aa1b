import { type Check, mostViolations, type Violation } from './check.js'
import { Evaluated } from './evaluated.js'

interface Outcome {
  readonly kept: boolean
  readonly told: readonly Violation[] | undefined
  readonly evaluated: Evaluated | undefined
}

const outcomeOf = (check: Check, value: unknown, isTold: boolean, deep: boolean | undefined): Outcome => {
  const told: Violation[] | undefined = isTold ? [] : undefined
  const evaluated = deep === undefined ? undefined : new Evaluated(deep)
  return { kept: check(value, told, evaluated), told, evaluated }
}

/**
 * The check of a schema that leads back to itself, with what it found of each part of a value. Where two of its
 * alternatives both lead there, each part would be looked at twice as often as the one that it is in: a billion times in
 * a value that is nested 30 levels deep.
 *
 * @param round is another number for another value, or for one that has been changed
 */
export const remembered = (check: Check, round: () => number): Check => {
  let since = round()
  let known = new WeakMap<object, Map<string, Outcome>>()
  return (value, told, evaluated) => {
    if (typeof value !== 'object' || value === null) return check(value, told, evaluated)
    if (since !== round()) {
      since = round()
      known = new WeakMap()
    }
    const outcomes = known.get(value) ?? new Map<string, Outcome>()
    known.set(value, outcomes)
    const asked = `${told ? 'told' : ''} ${evaluated ? String(evaluated.deep) : ''}`
    const outcome = outcomes.get(asked) ?? outcomeOf(check, value, told !== undefined, evaluated?.deep)
    outcomes.set(asked, outcome)
    const { length } = told ?? []
    for (const one of outcome.told?.slice(0, mostViolations - length) ?? []) told?.push({ ...one, path: [...one.path] })
    if (outcome.evaluated) evaluated?.merge(outcome.evaluated.copy())
    return outcome.kept
  }
}
