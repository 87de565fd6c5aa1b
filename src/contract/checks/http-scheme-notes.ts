import { pointer } from '../document/pointer.js'
import type { Contract } from '../openapi/contract.js'
import type { Note } from '../openapi/note.js'
import { schemePointer, securityScheme, securitySchemeNames } from '../openapi/security-requirement.js'

/** The HTTP Authentication Scheme Registry of IANA (RFC 9110 §16.4.1). */
const registered = new Set([
  'basic',
  'bearer',
  'concealed',
  'digest',
  'dpop',
  'gnap',
  'hoba',
  'mutual',
  'negotiate',
  'oauth',
  'privatetoken',
  'scram-sha-1',
  'scram-sha-256',
  'vapid'
])

/** The `http` schemes that nobody has registered: clients don't know them (OpenAPI 3.1 §4.8.27.1). */
export const httpSchemeNotes = (contract: Contract): Note[] =>
  securitySchemeNames(contract).flatMap(name => {
    const { type, scheme } = securityScheme(contract, name) ?? {}
    if (type !== 'http' || registered.has(String(scheme).toLowerCase())) return []
    return [
      {
        pointer: schemePointer(name) + pointer('scheme'),
        rule: 'http-scheme',
        what: `The HTTP authentication scheme \`${String(scheme)}\` isn't registered: clients don't know it.`,
        todo: 'Take one of https://www.iana.org/assignments/http-authschemes, or an `apiKey`.'
      }
    ]
  })
