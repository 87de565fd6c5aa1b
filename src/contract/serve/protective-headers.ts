import type { IncomingMessage } from 'node:http'
import type { Contract } from '../openapi/contract.js'
import { isJson } from '../openapi/media-type.js'
import type { OperationObject } from '../openapi/operation-object.js'
import type { Response } from '../openapi/response.js'
import { securityOf } from '../openapi/security-requirement.js'

/** Keeps browsers from taking JSON for something else, such as a script (Fetch, "X-Content-Type-Options header"). */
export const nosniff = ['X-Content-Type-Options', 'nosniff'] as const

/** Keeps caches from storing an answer (RFC 9111 §5.2.2.5). */
export const noStore = ['Cache-Control', 'no-store'] as const

/** Whether a request says who sends it in a way that caches and browsers know of. */
export const hasCredentials = ({ headers }: IncomingMessage): boolean =>
  headers.authorization !== undefined || headers.cookie !== undefined

/**
 * The headers that a response has without anybody's saying so, as a flat list of names and values: JSON is no other type,
 * and what is for somebody who is known is never stored. What the contract declares is the business of contract and handler.
 */
export const protectiveHeaders = (contract: Contract, operation: OperationObject, response: Response): string[] => {
  const { content, openHeaders, constantHeaders } = response
  const declared = new Set([...openHeaders.keys(), ...constantHeaders].map(name => name.toLowerCase()))
  const isSecured = securityOf(contract, operation).schemes.length > 0
  const all = [...([...content.keys()].some(isJson) ? [nosniff] : []), ...(isSecured ? [noStore] : [])]
  return all.filter(([name]) => !declared.has(name.toLowerCase())).flat()
}
