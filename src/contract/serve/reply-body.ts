import type { Contract } from '../openapi/contract.js'
import { evaluatorOf } from '../openapi/evaluator-of.js'
import { isJson } from '../openapi/media-type.js'
import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import type { Check, Violation } from '../schema/check.js'
import { Evaluated } from '../schema/evaluated.js'
import { sendable, undeclaredIn } from '../schema/sendable.js'
import { exactJson } from './exact-json.js'
import { jsonWriter } from './json-writer.js'

/** Why a body can't leave: what is wrong, and the pointer of the rule that says so. Nothing of the body's values. */
export class BodyError extends Error {
  override readonly name = 'BodyError'
  readonly rule: string

  constructor(what: string, rule: string) {
    super(what)
    this.rule = rule
  }
}

/**
 * What makes the bytes of a reply's body.
 *
 * @throws {BodyError} if the body isn't what its schema says
 */
export type WriteBody = (body: unknown) => string | Uint8Array

/**
 * Makes the writer of the bodies in a media type. What the schema lets through leaves, unchanged. What it doesn't name
 * is left out, or, if strict, refused. What is of another type or shape is refused; what is out of bounds only if strict.
 *
 * @param at the pointer of the schema; `undefined` if the media type has none
 */
export const bodyWriter = (
  contract: Contract,
  mediaType: string,
  at: string | undefined,
  strict: boolean
): WriteBody => {
  if (!isJson(mediaType)) return textWriter(contract, at, strict)
  if (at === undefined) return body => jsonOf(body, '')
  const write = jsonWriter(contract.document, at)
  const { checks } = evaluatorOf(contract)
  let check: Check | undefined // most schemas never need one: their writers look closely enough
  return body => {
    const text = strict ? undefined : write?.(body)
    if (text !== undefined) return text
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

const refuse = (value: unknown, check: Check): never => {
  const told: Violation[] = []
  check(value, told, undefined)
  const [first] = told
  throw new BodyError(`the body${pointer(...(first?.path ?? []))} ${first?.message ?? 'is invalid'}`, first?.rule ?? '')
}

// Of what isn't JSON only text can be held to a schema: what an XML of an object looks like, no schema says.
const textWriter = (contract: Contract, at: string | undefined, strict: boolean): WriteBody => {
  const schema = at === undefined ? undefined : contract.resolve(at).value
  const isOfText = isRecord(schema) && [schema['type']].flat().includes('string')
  const check = at !== undefined && isOfText ? evaluatorOf(contract).checks.of(at, strict, 'reply') : undefined
  return body => {
    if (body instanceof Uint8Array) return body
    if (typeof body !== 'string' && typeof body !== 'number' && typeof body !== 'boolean') {
      throw new BodyError("the body isn't text", at ?? '')
    }
    if (check?.(body, undefined, undefined) === false) refuse(body, check)
    return String(body)
  }
}
