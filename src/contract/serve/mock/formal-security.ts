import type { IncomingHttpHeaders } from 'node:http'
import type { Contract } from '../../openapi/contract.js'
import { securityScheme, securitySchemeNames } from '../../openapi/security-requirement.js'
import { rawCookies } from '../raw-fields.js'
import type { SecurityHandler } from '../security.js'

/** What is sent for a scheme, and what to send. */
interface Form {
  readonly isThere: (headers: IncomingHttpHeaders, url: string) => boolean
  readonly wanted: string
  /** The authentication scheme of the challenge that a 401 has to have (RFC 9110 §11.6.1). */
  readonly challenge: string
}

/**
 * Security handlers for all schemes of a contract, which look at the form of what is sent, and know nobody: a key where
 * one belongs, an `Authorization` of the right scheme. For mocks only.
 */
export const formalSecurity = (contract: Contract): Readonly<Record<string, SecurityHandler<unknown, undefined>>> =>
  Object.fromEntries(
    securitySchemeNames(contract).map(name => [name, handlerOf(formOf(securityScheme(contract, name) ?? {}))])
  )

const handlerOf = ({ isThere, wanted, challenge }: Form): SecurityHandler<unknown, undefined> => {
  const headers = { 'WWW-Authenticate': `${challenge} realm="mock"` }
  const refusal = { status: 401, detail: wanted, headers } as const
  return {
    refusals: [401],
    authenticate: (sent, _services, url) =>
      Promise.resolve(isThere(sent, url) ? { user: undefined, granted: 'all' } : { refusal })
  }
}

/** The form of a Security Scheme Object (OpenAPI 3.1 §4.8.27). */
const formOf = (scheme: Readonly<Record<string, unknown>>): Form => {
  const text = (field: string): string => {
    const value = scheme[field]
    return typeof value === 'string' ? value : ''
  }
  switch (scheme['type']) {
    case 'apiKey':
      return keyForm(text('in'), text('name'))
    case 'http':
      return authorizationForm(text('scheme'))
    case 'oauth2':
    case 'openIdConnect':
      return authorizationForm('Bearer')
    default:
      return { isThere: () => true, wanted: '', challenge: '' } // mutualTLS: what is below HTTP isn't seen here
  }
}

const keyForm = (location: string, name: string): Form => {
  const common = {
    wanted: `Send a key as the ${location === 'header' ? 'header' : `${location} parameter`} ${name}.`,
    challenge: 'ApiKey' // registered nowhere: for a key there is no scheme
  }
  if (location === 'query') {
    return { ...common, isThere: (_, url) => (new URLSearchParams(/\?.*/.exec(url)?.[0]).get(name) ?? '') !== '' }
  }
  if (location === 'cookie') {
    return { ...common, isThere: headers => (rawCookies(headers.cookie).get(name)?.[0] ?? '') !== '' }
  }
  return { ...common, isThere: headers => (headers[name.toLowerCase()] ?? '') !== '' }
}

const authorizationForm = (scheme: string): Form => ({
  wanted: `Send the header Authorization with the scheme ${scheme}.`,
  challenge: /^bearer$/i.test(scheme) ? 'Bearer' : scheme.replace(/^./, first => first.toUpperCase()),
  isThere: ({ authorization = '' }) => {
    const [name = '', ...credentials] = authorization.trim().split(/ +/)
    return name.toLowerCase() === scheme.toLowerCase() && credentials.join('') !== ''
  }
})
