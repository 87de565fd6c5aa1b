import type { Contract } from '../openapi/contract.js'
import { evaluatorOf } from '../openapi/evaluator-of.js'
import { pointer } from '../document/pointer.js'
import type { Check, Violation } from '../schema/check.js'
import { Evaluated } from '../schema/evaluated.js'
import { sendable, undeclaredIn } from '../schema/sendable.js'
import { BodyError } from './body-error.js'
import { exactJson } from './exact-json.js'
import { misfit } from './trim.js'
import { trimmer } from './trimmer.js'

/**
 * What makes the bytes of a reply's body.
 *
 * @throws {BodyError} if the body isn't what its schema says
 */
export type WriteBody = (body: unknown) => string | Uint8Array

/**
 * Makes the writer of what is JSON. What the schema lets through leaves, unchanged. What it doesn't name
 * is left out, or, if strict, refused. What is of another type or shape is refused; what is out of bounds only if strict.
 *
 * @param at the pointer of the schema; `undefined` if the media type has none
 */
export const jsonBodyWriter = (contract: Contract, at: string | undefined, strict: boolean): WriteBody => {
  if (at === undefined) return body => jsonOf(body, '')
  const trim = trimmer(contract.document, at)
  const { checks } = evaluatorOf(contract)
  let check: Check | undefined // most schemas never need one: their trims look closely enough
  return body => {
    const trimmed = strict || !trim ? misfit : trim(body)
    if (trimmed !== misfit) return JSON.stringify(trimmed)
    check ??= checks.of(at, strict, 'reply')
    return JSON.stringify(fitting(JSON.parse(jsonOf(body, at)), check, at, strict))
  }
}

// What JSON makes of a value: dates become strings, absent properties go.
const jsonOf = (body: unknown, at: string): string => {
  const text = exactJson(body)
  if (text === undefined) {
    const what = body === undefined ? 'the body is missing' : 'the body has something that JSON has no word for'
    throw new BodyError(what, at)
  }
  return text
}

const fitting = (value: unknown, check: Check, at: string, strict: boolean): unknown => {
  const evaluated = new Evaluated(true)
  if (!check(value, undefined, evaluated)) refuse(value, check)
  const undeclared = undeclaredIn(value, evaluated)
  if (undeclared === undefined) return sendable(value, evaluated)
  if (strict) throw new BodyError(`the body has \`${pointer(...undeclared)}\`, which isn't declared`, at)
  const rest = sendable(value, evaluated)
  // Without what isn't declared it may break a rule that it kept with it, such as `minProperties`.
  if (!check(rest, undefined, undefined)) refuse(rest, check)
  return rest
}

/** @throws {BodyError} with the first rule that a value breaks */
export const refuse = (value: unknown, check: Check): never => {
  const told: Violation[] = []
  check(value, told, undefined)
  const [first] = told
  throw new BodyError(`the body${pointer(...(first?.path ?? []))} ${first?.message ?? 'is invalid'}`, first?.rule ?? '')
}
