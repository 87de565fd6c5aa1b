import type { ErrorObject } from 'ajv'
import { tokensOf } from '../document/pointer.js'
import type { ParameterLocation } from '../openapi/parameter.js'
import type { BrokenRule } from '../problems.js'

/** How many broken rules a reply lists: a list of 16 KiB can break 8,000. */
const most = 64

/** The rules that a request breaks, by the errors of its validator. */
export const brokenRules = (errors: readonly ErrorObject[]): BrokenRule[] => errors.slice(0, most).map(brokenRule)

const brokenRule = ({ instancePath, keyword, params, message }: ErrorObject): BrokenRule => {
  const given = params as Readonly<Record<string, unknown>>
  const field = given['missingProperty'] ?? given['additionalProperty'] ?? given['unevaluatedProperty']
  const [part = 'requestBody', ...path] = [...tokensOf(instancePath), ...(typeof field === 'string' ? [field] : [])]
  return {
    part: part === 'requestBody' ? 'body' : (part as ParameterLocation), // as `requestSchema` names the parts
    path,
    keyword,
    params: given,
    message
  }
}
