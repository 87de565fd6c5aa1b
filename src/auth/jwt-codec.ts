import { randomUUID } from 'node:crypto'
import { type CryptoKey, errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey, SignJWT } from 'jose'
import { LRUCache } from 'lru-cache'
import type { Claims, TokenCodec } from './token-codec.js'
import type { TokenKeys } from './token-keys.js'

export interface JwtSettings {
  readonly keys: TokenKeys
  /** `iss`: who issues the tokens. */
  readonly issuer: string
  /** `aud`: whom they are for. */
  readonly audience: string
  /** How long a token is good. */
  readonly minutes: number
  /** The scopes that the contract knows. */
  readonly declaredScopes: () => ReadonlySet<string>
  /** The clock, in milliseconds. */
  readonly now?: () => number
}

/** What a token said, and until when that holds, in milliseconds. */
interface Said {
  readonly claims: Claims
  readonly until: number
}

const typ = 'at+jwt'
const leeway = 30 // seconds that clocks may differ
const longest = 8192 // bytes of a token: Node takes 16 KiB of headers
const remembering = { max: 10_000, maxSize: 8 * 2 ** 20 } // tokens, and their bytes
const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]+$/ // RFC 6749 §3.3

/** Whether each part is written as one writes it: decoders also take padding, blanks and stray bits at the end. */
const isCanonical = (token: string): boolean =>
  token.split('.').every(part => Buffer.from(part, 'base64url').toString('base64url') === part)

/** What claims that are good otherwise say, `undefined` if one that we need isn't there, or isn't of its type. */
const read = ({ sub, exp, iat, ver, scope }: JWTPayload, latest: number): Said | undefined => {
  if (typeof sub !== 'string' || sub === '' || typeof scope !== 'string') return undefined
  if (typeof ver !== 'number' || !Number.isSafeInteger(ver)) return undefined
  if (exp === undefined || iat === undefined || iat > latest) return undefined
  const scopes = scope.split(' ').filter(each => each !== '')
  return { claims: { username: sub, version: ver, scopes }, until: (exp + leeway) * 1000 }
}

/** Those of the scopes asked for that a user has, or all; `undefined` if one is asked for that nobody knows. */
const grant = (has: ReadonlySet<string>, asked: ReadonlySet<string>, declared: ReadonlySet<string>) => {
  if ([...asked].some(scope => !has.has(scope) && !declared.has(scope))) return undefined
  return asked.size > 0 ? [...asked].filter(scope => has.has(scope)) : [...has]
}

/**
 * Access tokens as JWTs (RFC 9068), with `scope` and the account's version (`ver`). What a token said that was verified
 * is remembered until it expires: verifying takes 100 times as long.
 */
export const jwtCodec = (settings: JwtSettings): TokenCodec => {
  const { keys, issuer, audience, minutes, declaredScopes, now = Date.now } = settings
  const { alg, kid, signsWith } = keys.signing
  const lifetime = Math.round(minutes * 60)
  const remembered = new LRUCache<string, Said>({ ...remembering, sizeCalculation: (_, token) => token.length })

  const keyOf: JWTVerifyGetKey<CryptoKey> = header => {
    const key = header.kid === undefined ? undefined : keys.verifying.get(header.kid)
    if (key?.alg !== header.alg) throw new errors.JWKSNoMatchingKey()
    return key.verifiesWith
  }

  const verify = async (token: string): Promise<Said | undefined> => {
    const time = now()
    const checks = { typ, issuer, audience, clockTolerance: leeway, currentDate: new Date(time) }
    try {
      const { payload } = await jwtVerify(token, keyOf, checks)
      return read(payload, time / 1000 + leeway)
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined
      throw error
    }
  }

  return {
    issue: async ({ user: { username }, scopes: has, version }, asked) => {
      const granted = grant(new Set(has), new Set(asked), declaredScopes())
      if (!granted) return undefined
      const odd = granted.find(each => !scopeToken.test(each)) // one with a blank in it would be read as two
      if (odd !== undefined) throw new Error(`The user ${username} has ${JSON.stringify(odd)}, which can't be a scope.`)
      const scope = granted.join(' ')
      const issued = Math.floor(now() / 1000)
      const token = await new SignJWT({ scope, ver: version })
        .setProtectedHeader({ typ, alg, kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(username)
        .setIssuedAt(issued)
        .setExpirationTime(issued + lifetime)
        .setJti(randomUUID())
        .sign(signsWith)
      if (token.length > longest) throw new Error(`The scopes of the user ${username} are too many for a token.`)
      return { access_token: token, token_type: 'bearer', expires_in: lifetime, scope }
    },

    decode: async token => {
      if (token.length > longest) return undefined
      const known = remembered.get(token)
      const said = known ?? (isCanonical(token) ? await verify(token) : undefined)
      if (said && now() < said.until) {
        if (!known) remembered.set(token, said)
        return said.claims
      }
      if (known) remembered.delete(token)
      return undefined
    }
  }
}
