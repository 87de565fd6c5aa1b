import type { BrokenRule } from '../problems.js'
import type { Violation } from '../schema/check.js'
import type { ContractRequest } from './request.js'

/** Takes a part of a request: puts its values where handlers find them, and tells of the rules that it breaks. */
export type Take = (request: ContractRequest) => readonly BrokenRule[]

/** No rule is broken. */
export const noRules: readonly BrokenRule[] = []

/** A rule of a schema that a part of a request breaks. `path` leads to where the schema's value is in that part. */
export const brokenRule = (
  part: BrokenRule['part'],
  path: readonly string[],
  // Named one by one, for spreading an object costs 3 µs.
  { path: below, keyword, params, message, rule }: Violation
): BrokenRule => ({ part, path: path.length > 0 ? [...path, ...below] : below, keyword, params, message, rule })

/** That something is required, and isn't there. */
export const missing = (
  part: BrokenRule['part'],
  path: readonly string[],
  rule: string,
  name = path[0] ?? ''
): BrokenRule => ({
  part,
  path,
  keyword: 'required',
  params: { missingProperty: name },
  message: `must have required property '${name}'`,
  rule
})

/** That a text isn't written as its style says. */
export const unread = (part: BrokenRule['part'], name: string, rule: string): BrokenRule => ({
  part,
  path: [name],
  keyword: 'parse',
  params: {},
  message: 'must be written in its style',
  rule
})
