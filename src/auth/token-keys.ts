import { createPrivateKey, createPublicKey, type KeyObject, webcrypto } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { calculateJwkThumbprint, type CryptoKey, importPKCS8, importSPKI, type JSONWebKeySet, type JWK } from 'jose'
import { ConfigError } from '../config.js'
import { secretOfFile } from './secret-file.js'

/** A key for tokens, and the one algorithm that it is for (RFC 8725 §3.1). */
export interface TokenKey {
  /** Its thumbprint (RFC 7638). */
  readonly kid: string
  readonly alg: 'HS256' | 'EdDSA' | 'ES256'
  readonly signsWith: CryptoKey
  readonly verifiesWith: CryptoKey
}

/** The keys of a server, newest first. */
export interface TokenKeys {
  /** The first of them: it signs. */
  readonly signing: TokenKey
  /** All of them, by their `kid`. */
  readonly verifying: ReadonlyMap<string, TokenKey>
  /** The public keys (RFC 7517 §5), if they are key pairs. */
  readonly jwks: JSONWebKeySet | undefined
}

/** Where keys come from: one of the three. */
export interface TokenKeySettings {
  /** `TOKEN_SECRETS`, newest first. */
  readonly secrets: readonly string[]
  /** `TOKEN_KEY_FILE`: files of private keys, newest first. */
  readonly keyFiles: readonly string[]
  /** Where a secret may be made if neither is given; `undefined` if other machines wouldn't know it. */
  readonly secretFile: string | undefined
}

type KeyAndPublic = readonly [TokenKey, JWK?]

const leastBytes = 32 // as many as HS256 has (RFC 7518 §3.2)
const makeSecret = '`openssl rand -base64 32`'
const makeKey = '`openssl genpkey -algorithm ed25519 -out token-key.pem`'

const ofSecret = async (secret: string, where: string): Promise<KeyAndPublic> => {
  const bytes = Buffer.from(secret)
  if (bytes.length < leastBytes) {
    throw new ConfigError(`${where} has fewer than ${leastBytes} bytes. Make another: ${makeSecret}.`)
  }
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const key = await webcrypto.subtle.importKey('raw', bytes, hmac, false, ['sign', 'verify'])
  const kid = await calculateJwkThumbprint({ kty: 'oct', k: bytes.toString('base64url') })
  return [{ kid, alg: 'HS256', signsWith: key, verifiesWith: key }]
}

const readPrivateKey = async (file: string): Promise<KeyObject> => {
  const pem = await readFile(file).catch((cause: unknown) => {
    const why = (cause as NodeJS.ErrnoException).code ?? String(cause)
    throw new ConfigError(`TOKEN_KEY_FILE names ${file}, which can't be read (${why}).`, { cause })
  })
  try {
    return createPrivateKey(pem)
  } catch (cause) {
    const what = 'which holds no private key in PEM (PKCS #8) without a passphrase'
    throw new ConfigError(`TOKEN_KEY_FILE names ${file}, ${what}. Make one: ${makeKey}.`, { cause })
  }
}

const algorithmOf = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): 'EdDSA' | 'ES256' | undefined => {
  if (asymmetricKeyType === 'ed25519') return 'EdDSA'
  return asymmetricKeyDetails?.namedCurve === 'prime256v1' ? 'ES256' : undefined
}

const ofKeyFile = async (file: string): Promise<KeyAndPublic> => {
  const privateKey = await readPrivateKey(file)
  const alg = algorithmOf(privateKey)
  if (alg === undefined) {
    const what = `a key of another kind (${privateKey.asymmetricKeyType ?? 'unknown'}) than Ed25519 and EC P-256`
    throw new ConfigError(`TOKEN_KEY_FILE names ${file}, which holds ${what}. Make one: ${makeKey}.`)
  }
  const publicKey = createPublicKey(privateKey)
  const jwk: JWK = publicKey.export({ format: 'jwk' })
  const kid = await calculateJwkThumbprint(jwk)
  const signsWith = await importPKCS8(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), alg)
  const verifiesWith = await importSPKI(publicKey.export({ format: 'pem', type: 'spki' }).toString(), alg)
  return [
    { kid, alg, signsWith, verifiesWith },
    { ...jwk, kid, alg, use: 'sig' }
  ]
}

const keysOf = (from: string, [first, ...others]: readonly KeyAndPublic[]): TokenKeys => {
  if (!first) throw new ConfigError(`${from} names no key.`)
  const all = [first, ...others]
  const verifying = new Map(all.map(([key]) => [key.kid, key]))
  if (verifying.size < all.length) throw new ConfigError(`${from} names the same key twice.`)
  const keys = all.flatMap(([, jwk]) => jwk ?? [])
  return { signing: first[0], verifying, jwks: keys.length > 0 ? { keys } : undefined }
}

/**
 * Reads the keys that tokens are signed and verified with: secrets of 32 bytes or more (HS256), private keys of Ed25519
 * (EdDSA) or EC P-256 (ES256), or a secret of one's own, which is made at the first start.
 *
 * @throws {ConfigError} which never shows a secret
 */
export const readTokenKeys = async ({ secrets, keyFiles, secretFile }: TokenKeySettings): Promise<TokenKeys> => {
  if (secrets.length > 0 && keyFiles.length > 0) {
    throw new ConfigError('TOKEN_SECRETS and TOKEN_KEY_FILE are both set: take one of them.')
  }
  if (keyFiles.length > 0) return keysOf('TOKEN_KEY_FILE', await Promise.all(keyFiles.map(ofKeyFile)))
  if (secrets.length > 0) {
    const where = (index: number): string => `TOKEN_SECRETS: secret ${index + 1} of ${secrets.length}`
    return keysOf('TOKEN_SECRETS', await Promise.all(secrets.map((secret, index) => ofSecret(secret, where(index)))))
  }
  if (secretFile === undefined) {
    const why = 'TOKEN_SECRETS is required with PostgreSQL, so that all machines know the same'
    throw new ConfigError(`${why}: set it to what ${makeSecret} prints.`)
  }
  return keysOf(secretFile, [await ofSecret(await secretOfFile(secretFile), secretFile)])
}
