import { pointer } from '../document/pointer.js'
import { type Node, within } from '../openapi/node.js'
import type { BrokenRule } from '../problems.js'
import type { LengthRule } from './body-stream.js'
import { alternativesOf } from './effective-schema.js'
import { RefusedBodyError } from './refused-body-error.js'

/**
 * What schemas say of the length of what is binary, in bytes (OpenAPI 3.1.1 §4.8.14.3); `undefined` if they say nothing,
 * or in one of several alternatives.
 *
 * @param path where the binary is in the body
 */
export const lengthRule = (schemas: readonly Node[], path: readonly string[]): LengthRule | undefined => {
  const [alternative, ...others] = alternativesOf(schemas)
  if (!alternative || others.length > 0) return undefined
  const bounds = (keyword: string): { readonly limit: number; readonly rule: string }[] =>
    alternative.schemas.flatMap(schema => {
      const limit = within(schema, keyword)?.value
      return typeof limit === 'number' ? [{ limit, rule: schema.pointer + pointer(keyword) }] : []
    })
  const [most] = bounds('maxLength').sort((a, b) => a.limit - b.limit)
  const [least] = bounds('minLength').sort((a, b) => b.limit - a.limit)
  if (!most && !least) return undefined
  const refusal = (keyword: string, message: string, { limit, rule }: { limit: number; rule: string }) => {
    const broken: BrokenRule = { part: 'body', path, keyword, params: { limit }, message, rule }
    return new RefusedBodyError(422, message, [broken])
  }
  return (bytes, isEnd) => {
    if (most && bytes > most.limit) {
      return refusal('maxLength', `must NOT have more than ${most.limit} bytes`, most)
    }
    return least && isEnd && bytes < least.limit
      ? refusal('minLength', `must NOT have fewer than ${least.limit} bytes`, least)
      : undefined
  }
}
