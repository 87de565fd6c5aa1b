import { type Contract, type OperationObject, securityKind, securityScheme } from '../../src/contract/index.js'
import type { Sent } from './client.js'
import { alternativesOf } from './examples/example-pairs.js'

/** What a request says of who sends it. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
}

/**
 * What is known of somebody: `token`, which follows the name of a scheme in `Authorization`, `username` and `password`
 * for Basic, `apiKey`, or a value by the name of a security scheme: for a certificate, the header in which a proxy passes
 * it on (`X-Client-Cert: …`).
 */
export type KnownFields = Readonly<Record<string, string>>

/** A token or a key that no server can have issued. */
export const unknownToken = 'no-server-has-issued-this-token'

/** Credentials that are only headers. */
export const inHeaders = (headers: Readonly<Record<string, string>>): Credentials => ({ headers, query: {} })

/** Nobody's. */
export const noCredentials = inHeaders({})

/** The kind of a security scheme, what HTTP calls it, and for a key its name and where it is. */
export const schemeOf = (contract: Contract, name: string) => {
  const { scheme = 'Bearer', in: location, name: field = '' } = securityScheme(contract, name) ?? {}
  return { kind: securityKind(contract, name), scheme: String(scheme), location, field: String(field) }
}

/** The credentials for a security scheme of what is known of somebody; `undefined` if that isn't enough. */
export const credentialsFor = (contract: Contract, scheme: string, fields: KnownFields): Credentials | undefined => {
  const { kind, scheme: http, location, field } = schemeOf(contract, scheme)
  const { [scheme]: own, token, apiKey, username, password } = fields
  const [bearer, key] = [own ?? token, own ?? apiKey]
  if (kind === 'mutualTLS') return own === undefined ? undefined : headerOf(own)
  if (kind === 'basic') {
    if (username === undefined || password === undefined) return undefined
    return inHeaders({ Authorization: `Basic ${basicPair(username, password)}` })
  }
  if (kind !== 'apiKey') {
    const name = kind === 'bearer' ? 'Bearer' : http
    return bearer === undefined ? undefined : inHeaders({ Authorization: `${name} ${bearer}` })
  }
  if (key === undefined) return undefined
  if (location === 'query') return { headers: {}, query: { [field]: key } }
  return inHeaders(location === 'cookie' ? { Cookie: `${field}=${inCookie(key)}` } : { [field]: key })
}

/** A username and a password as Basic has them (RFC 7617 §2). */
export const basicPair = (username: string, password: string): string =>
  Buffer.from(`${username}:${password}`).toString('base64')

// What a proxy passes on of a certificate, as a whole line.
const headerOf = (line: string): Credentials => {
  const colon = line.indexOf(':')
  return inHeaders({ [line.slice(0, colon)]: line.slice(colon + 1).trim() })
}

// What no cookie may have in it is percent-encoded (RFC 6265 §4.1.1).
const inCookie = (key: string): string => key.replaceAll(/[^!#-+\--:<-[\]-~]+/g, encodeURIComponent)

/** Credentials that no server knows, for the first way to ask an operation. */
export const unknownCredentials = (contract: Contract, object: OperationObject): Credentials =>
  together((alternativesOf(contract, object)[0] ?? []).map(scheme => unknownFor(contract, scheme)))

/** Credentials for a security scheme that no server knows. */
export const unknownFor = (contract: Contract, scheme: string): Credentials => {
  const fields = { token: unknownToken, apiKey: unknownToken, username: 'nobody', password: unknownToken }
  return credentialsFor(contract, scheme, fields) ?? noCredentials
}

/** All of several credentials. */
export const together = (all: readonly Credentials[]): Credentials =>
  all.reduce(
    (sum, { headers, query }) => ({
      headers: joined(sum.headers, headers),
      query: { ...sum.query, ...query }
    }),
    noCredentials
  )

/** A request with credentials. */
export const signed = (request: Sent, { headers, query }: Credentials): Sent => {
  const more = new URLSearchParams(query).toString()
  const path = more === '' ? request.path : `${request.path}${request.path.includes('?') ? '&' : '?'}${more}`
  return { ...request, path, headers: joined(request.headers ?? {}, headers) }
}

// There may be only one header with cookies (RFC 6265 §5.4).
const joined = (some: Credentials['headers'], more: Credentials['headers']): Record<string, string> => {
  const cookies = [some['Cookie'], more['Cookie']].filter(text => text !== undefined)
  return { ...some, ...more, ...(cookies.length > 0 && { Cookie: cookies.join('; ') }) }
}

/** Credentials that let nobody in where a bearer token is asked for, made of a token that would. */
export const refusedTokens = {
  'no credentials': (): Credentials => noCredentials,
  'an empty header': () => inHeaders({ Authorization: '' }),
  'a scheme without a token': () => inHeaders({ Authorization: 'Bearer' }),
  'a token without a scheme': (token: string) => inHeaders({ Authorization: token }),
  'a scheme and a token in one word': (token: string) => inHeaders({ Authorization: `Bearer${token}` }),
  'another scheme': (token: string) => inHeaders({ Authorization: `Basic ${token}` }),
  'a scheme that begins like the right one': (token: string) => inHeaders({ Authorization: `BearerX ${token}` }),
  'an unknown token': () => inHeaders({ Authorization: `Bearer ${unknownToken}` })
}

/** Whether an operation is asked with a bearer token, and with nothing else. */
export const isBearer = (contract: Contract, object: OperationObject): boolean => {
  const schemes = alternativesOf(contract, object).flat()
  return schemes.length > 0 && schemes.every(scheme => schemeOf(contract, scheme).kind === 'bearer')
}
