import type { ServerResponse } from 'node:http'
import type { RequestHandler } from 'express'
import { addToVary, type Contract, type OperationObject, operationsAt } from '../contract/index.js'
import { type CorsRules, corsRules, usesCookies } from './cors-rules.js'

/** How long a browser may remember what a preflight has told it, in seconds. */
const maxAge = '600'

/**
 * Lets pages of some origins use the server (Fetch, "CORS protocol"), as far as the contract goes: see `corsRules`. It
 * comes before all else, so that pages can read what the server says by itself, too; and answers preflights, which have
 * no credentials, to paths of the contract.
 *
 * @param origins exactly as browsers send them (RFC 6454 §6.2)
 */
export const cors = (contract: Contract, origins: readonly string[]): RequestHandler => {
  const allowed = new Set(origins)
  const find = operationsAt(contract)
  const known = new Map<readonly OperationObject[] | undefined, CorsRules>()
  const rulesAt = (operations: readonly OperationObject[] | undefined): CorsRules => {
    const rules = known.get(operations) ?? corsRules(contract, operations)
    known.set(operations, rules)
    return rules
  }
  const credentials = usesCookies(contract)

  const allow = (response: ServerResponse, origin: string, rules: CorsRules, isPreflight: boolean): void => {
    response.setHeader('Access-Control-Allow-Origin', origin)
    if (credentials) response.setHeader('Access-Control-Allow-Credentials', 'true')
    if (!isPreflight) {
      response.setHeader('Access-Control-Expose-Headers', rules.responseHeaders)
      return
    }
    response.setHeader('Access-Control-Allow-Methods', rules.methods)
    if (rules.requestHeaders !== '') response.setHeader('Access-Control-Allow-Headers', rules.requestHeaders)
    response.setHeader('Access-Control-Max-Age', maxAge)
  }

  return ({ method, path, headers }, response, next) => {
    const { origin } = headers
    const operations = find(path)
    const isPreflight =
      method === 'OPTIONS' &&
      origin !== undefined &&
      headers['access-control-request-method'] !== undefined &&
      operations !== undefined
    addToVary(response, 'Origin') // of answers to others, too: a cache must not give one to who is asked otherwise
    if (origin !== undefined && allowed.has(origin)) allow(response, origin, rulesAt(operations), isPreflight)
    if (isPreflight) response.writeHead(204).end()
    else next()
  }
}
