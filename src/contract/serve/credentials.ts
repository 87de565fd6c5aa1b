import { isUtf8 } from 'node:buffer'
import type { Contract } from '../openapi/contract.js'
import { securityKind } from '../openapi/security-kind.js'
import { securityScheme } from '../openapi/security-requirement.js'
import { decodedField, decodedText, rawCookies, rawFields } from './raw-fields.js'
import type { ContractRequest } from './request.js'
import type { BasicCredentials, Credentials, SecurityHandler } from './security.js'

/** Reads what a request has for a security scheme; `undefined` if that is nothing, or malformed. */
export type ReadCredentials = (request: ContractRequest) => Credentials | undefined

/** Makes the function that reads what is sent for a security scheme of a contract. */
export const credentialsReader = (
  contract: Contract,
  scheme: string,
  { certificate }: Pick<SecurityHandler<never, unknown>, 'certificate'>
): ReadCredentials => {
  const { in: location, name } = securityScheme(contract, scheme) ?? {}
  const kind = securityKind(contract, scheme)
  if (kind === 'apiKey') return keyReader(String(location), String(name))
  if (kind === 'mutualTLS') return ({ message }) => certificate?.(message.headers)
  if (kind === 'basic') return ({ message }) => basicCredentials(afterScheme(message.headers.authorization, kind))
  return ({ message }) => afterScheme(message.headers.authorization, kind)
}

/**
 * What follows the name of a scheme in an `Authorization` header, in any case (RFC 9110 §11.1), and the spaces after it
 * (RFC 6750 §2.1); `undefined` if another scheme is named, or none.
 *
 * @param scheme in lower case
 */
export const afterScheme = (authorization: string | undefined, scheme: string): string | undefined => {
  const end = scheme.length
  if (authorization?.slice(0, end).toLowerCase() !== scheme) return undefined
  if (authorization.length === end) return ''
  if (authorization[end] !== ' ') return undefined
  let start = end + 1
  while (authorization[start] === ' ') start += 1
  return authorization.slice(start)
}

/** The username and the password in base64 (RFC 7617 §2): UTF-8, without control characters, and a colon between. */
export const basicCredentials = (text: string | undefined): BasicCredentials | undefined => {
  if (text === undefined) return undefined
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64') !== text || !isUtf8(bytes)) return undefined
  const pair = bytes.toString()
  const colon = pair.indexOf(':')
  if (colon < 0 || /\p{Cc}/u.test(pair)) return undefined
  return { username: pair.slice(0, colon), password: pair.slice(colon + 1) }
}

// An empty key is none, and so are two: which of them counts is what another server may see otherwise.
const keyReader = (location: string, name: string): ReadCredentials => {
  if (location === 'query') return ({ search }) => only(rawFields(search).get(name), decodedField)
  if (location === 'cookie') return ({ message }) => only(rawCookies(message.headers.cookie).get(name), decodedText)
  const field = name.toLowerCase()
  return ({ message }) => {
    const value = message.headers[field]
    // Node.js joins what is sent twice.
    const isJoined = typeof value === 'string' && value.includes(',') && message.headersDistinct[field]?.length !== 1
    return typeof value === 'string' && value !== '' && !isJoined ? value : undefined
  }
}

const only = (values: readonly string[] | undefined, decoded: (text: string) => string): string | undefined => {
  const [value = '', second] = values ?? []
  return value === '' || second !== undefined ? undefined : decoded(value)
}
