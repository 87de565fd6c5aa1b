import type { IncomingHttpHeaders } from 'node:http'
import type { Contract } from '../../openapi/contract.js'
import { securityScheme, securitySchemeNames } from '../../openapi/security-requirement.js'
import { rawCookies } from '../raw-fields.js'
import type { SecurityHandler } from '../security.js'

/** What is sent for a scheme, and what to send. */
interface Form {
  readonly isThere: (headers: IncomingHttpHeaders, url: string) => boolean
  readonly wanted: string
}

/**
 * Security handlers for all schemes of a contract, which look at the form of what is sent, and know nobody: a key where
 * one belongs, an `Authorization` of the right scheme. For mocks only.
 */
export const formalSecurity = (contract: Contract): Readonly<Record<string, SecurityHandler<unknown, undefined>>> =>
  Object.fromEntries(
    securitySchemeNames(contract).map(name => [name, handlerOf(formOf(securityScheme(contract, name) ?? {}))])
  )

const handlerOf = ({ isThere, wanted }: Form): SecurityHandler<unknown, undefined> => ({
  refusals: [401],
  scopes: 'ignored',
  authenticate: (headers, _services, url) =>
    Promise.resolve(isThere(headers, url) ? { user: undefined } : { refusal: { status: 401, detail: wanted } })
})

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
      return { isThere: () => true, wanted: '' } // mutualTLS: what is below HTTP isn't seen here
  }
}

const keyForm = (location: string, name: string): Form => {
  const wanted = `Send a key as the ${location === 'header' ? 'header' : `${location} parameter`} ${name}.`
  if (location === 'query') {
    return { wanted, isThere: (_, url) => (new URLSearchParams(/\?.*/.exec(url)?.[0]).get(name) ?? '') !== '' }
  }
  if (location === 'cookie') {
    return { wanted, isThere: headers => (rawCookies(headers.cookie).get(name)?.[0] ?? '') !== '' }
  }
  return { wanted, isThere: headers => (headers[name.toLowerCase()] ?? '') !== '' }
}

const authorizationForm = (scheme: string): Form => ({
  wanted: `Send the header Authorization with the scheme ${scheme}.`,
  isThere: ({ authorization = '' }) => {
    const [name = '', ...credentials] = authorization.trim().split(/ +/)
    return name.toLowerCase() === scheme.toLowerCase() && credentials.join('') !== ''
  }
})
