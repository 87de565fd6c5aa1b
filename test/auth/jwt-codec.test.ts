import {
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signWith,
  verify as verifyWith
} from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { jwtCodec } from '../../src/auth/jwt-codec.js'
import type { TokenCodec } from '../../src/auth/token-codec.js'
import { readTokenKeys, type TokenKeys } from '../../src/auth/token-keys.js'
import type { Account } from '../../src/auth/user.js'

/** Signs as node:crypto does: the tests' judge isn't the library that the codec uses. */
type Sign = (input: string) => Buffer
type Json = Readonly<Record<string, unknown>>

const folder = await mkdtemp(join(tmpdir(), 'jwt-codec-'))
afterAll(() => rm(folder, { recursive: true }))

const hmac =
  (secret: string | Buffer, hash = 'sha256'): Sign =>
  input =>
    createHmac(hash, secret).update(input).digest()
const ed25519 =
  (key: KeyObject): Sign =>
  input =>
    signWith(null, Buffer.from(input), key)
const p256 =
  (key: KeyObject): Sign =>
  input =>
    signWith('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' })

const ofSecrets = (...secrets: string[]): Promise<TokenKeys> =>
  readTokenKeys({ secrets, keyFiles: [], secretFile: undefined })
const ofKeys = async (...keys: KeyObject[]): Promise<TokenKeys> => {
  const keyFiles = keys.map((_, index) => join(folder, `${index}.pem`))
  for (const [index, key] of keys.entries()) {
    await writeFile(join(folder, `${index}.pem`), key.export({ format: 'pem', type: 'pkcs8' }))
  }
  return readTokenKeys({ secrets: [], keyFiles, secretFile: undefined })
}

const secret = 's'.repeat(32)
const edKey = generateKeyPairSync('ed25519').privateKey
const ecKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const [issuer, audience] = ['https://api.example', 'the-api']
const start = Date.UTC(2027, 0, 1) / 1000

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const decoded = (part = ''): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())
const jwt = (header: unknown, claims: unknown, sign: Sign): string => {
  const input = `${encoded(header)}.${encoded(claims)}`
  return `${input}.${sign(input).toString('base64url')}`
}

const goodClaims = {
  iss: issuer,
  aud: audience,
  sub: 'johndoe',
  iat: start,
  exp: start + 600,
  jti: 'one',
  scope: 'me items',
  ver: 3
}
const said = { username: 'johndoe', version: 3, scopes: ['me', 'items'] }

const johndoe: Account = {
  user: { username: 'johndoe', email: null, full_name: null, disabled: false },
  scopes: ['me', 'items'],
  version: 3
}

/** A codec whose clock the test sets, in seconds. */
const codecWith = (keys: TokenKeys, declared: readonly string[] = []): TokenCodec & { clock: number } => {
  const declaredScopes = (): ReadonlySet<string> => new Set(declared)
  const now = (): number => codec.clock * 1000
  const codec = { ...jwtCodec({ keys, issuer, audience, minutes: 10, declaredScopes, now }), clock: start }
  return codec
}

/** The tokens that a codec lets in, of some. */
const letIn = async (codec: TokenCodec, tokens: readonly string[]): Promise<readonly string[]> => {
  const claims = await Promise.all(tokens.map(token => codec.decode(token)))
  return tokens.filter((_, index) => claims[index] !== undefined)
}

const issued = async (codec: TokenCodec, account = johndoe): Promise<string> => {
  const token = await codec.issue(account, [])
  if (!token) throw new Error('No token was issued')
  return token.access_token
}

const kinds = [
  { alg: 'HS256', keys: await ofSecrets(secret), sign: hmac(secret) },
  { alg: 'EdDSA', keys: await ofKeys(edKey), sign: ed25519(edKey), publicKey: createPublicKey(edKey) },
  { alg: 'ES256', keys: await ofKeys(ecKey), sign: p256(ecKey), publicKey: createPublicKey(ecKey) }
].map(kind => ({ ...kind, header: { typ: 'at+jwt', alg: kind.alg, kid: kind.keys.signing.kid } }))

describe.each(kinds)('a token signed by $alg', ({ alg, keys, sign, header, publicKey }) => {
  const good = jwt(header, goodClaims, sign)

  test('says what RFC 9068 asks for, and the version of the account', async () => {
    const token = await codecWith(keys).issue(johndoe, [])
    expect(token).toEqual({
      access_token: expect.any(String),
      token_type: 'bearer',
      expires_in: 600,
      scope: 'me items'
    })
    const [head = '', claims = '', signature = ''] = token?.access_token.split('.') ?? []
    expect(decoded(head)).toEqual(header)
    expect(decoded(claims)).toEqual({ ...goodClaims, jti: expect.stringMatching(/^[\da-f-]{36}$/) })
    const [input, bytes] = [`${head}.${claims}`, Buffer.from(signature, 'base64url')]
    const isRight = publicKey
      ? verifyWith(
          alg === 'EdDSA' ? null : 'sha256',
          Buffer.from(input),
          { key: publicKey, dsaEncoding: 'ieee-p1363' },
          bytes
        )
      : bytes.equals(sign(input))
    expect(isRight).toBe(true)
  })

  test('has an identifier of its own', async () => {
    const codec = codecWith(keys)
    expect(await issued(codec)).not.toBe(await issued(codec))
  })

  test('is let in, again and again', async () => {
    const codec = codecWith(keys)
    expect(await codec.decode(await issued(codec))).toEqual(said)
    expect(await codec.decode(good)).toEqual(said)
    expect(await codec.decode(good)).toEqual(said)
  })

  const [alphabet, last] = ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', good.length - 1]
  const withAt = (index: number, text: string): string => good.slice(0, index) + text + good.slice(index + 1)
  const positions = Array.from(good, (_, index) => index)

  test('is not let in with a character changed, lost or added', async () => {
    const changed = positions.flatMap(index => {
      const at = alphabet.indexOf(good.charAt(index))
      return [at ^ 1, at ^ 32].map(other => withAt(index, alphabet.charAt(other & 63)))
    })
    const strayBits = Array.from(alphabet, letter => withAt(last, letter)).filter(token => token !== good)
    const cut = positions.flatMap(index => [good.slice(0, index), good.slice(index + 1), withAt(index, '')])
    const added = positions.flatMap(index =>
      ['=', ' ', '\n', '.', 'é'].map(more => good.slice(0, index) + more + good.slice(index))
    )
    const padded = ['=', '==', ' ', '\n', '.', '\0'].flatMap(more => [good + more, more + good])
    const otherAlphabet = good.replaceAll('-', '+').replaceAll('_', '/')
    const tokens = [...changed, ...strayBits, ...cut, ...added, ...padded, `${good}.${good}`]
    if (otherAlphabet !== good) tokens.push(otherAlphabet)
    const codec = codecWith(keys)
    expect(await letIn(codec, tokens)).toEqual([])
    await codec.decode(good)
    expect(await letIn(codec, tokens)).toEqual([]) // nor when the good one is remembered
  })

  const without = (object: Json, name: string): Json =>
    Object.fromEntries(Object.entries(object).filter(([key]) => key !== name))
  const otherSecret = hmac('o'.repeat(32))
  const other = generateKeyPairSync('ed25519').privateKey

  test.each<[string, unknown, unknown, Sign?]>([
    ['no algorithm', { ...header, alg: 'none' }, goodClaims, () => Buffer.alloc(0)],
    ['no algorithm, but signed', { ...header, alg: 'none' }, goodClaims],
    ['an algorithm in other letters', { ...header, alg: alg.toLowerCase() }, goodClaims],
    ['an algorithm that is a list', { ...header, alg: [alg] }, goodClaims],
    ['no name of an algorithm', without(header, 'alg'), goodClaims],
    ['HS512 and the same secret', { ...header, alg: 'HS512' }, goodClaims, hmac(secret, 'sha512')],
    ['another secret', { ...header, alg: 'HS256' }, goodClaims, otherSecret],
    ['another key pair', { ...header, alg: 'EdDSA' }, goodClaims, ed25519(other)],
    [
      'a key of its own',
      { ...header, jwk: createPublicKey(other).export({ format: 'jwk' }) },
      goodClaims,
      ed25519(other)
    ],
    ['another kid', { ...header, kid: 'other' }, goodClaims],
    ['a kid of every object', { ...header, kid: '__proto__' }, goodClaims],
    ['a kid that is a list', { ...header, kid: [header.kid] }, goodClaims],
    ['no kid', without(header, 'kid'), goodClaims],
    ['another typ', { ...header, typ: 'JWT' }, goodClaims],
    ['no typ', without(header, 'typ'), goodClaims],
    ['an unknown extension that is critical', { ...header, crit: ['x'], x: 1 }, goodClaims],
    ['an unencoded payload', { ...header, crit: ['b64'], b64: false }, goodClaims],
    ['a header that is a list', [header], goodClaims],
    ['a header that is null', null, goodClaims],
    ['another issuer', header, { ...goodClaims, iss: 'https://other.example' }],
    ['no issuer', header, without(goodClaims, 'iss')],
    ['another audience', header, { ...goodClaims, aud: 'another-api' }],
    ['other audiences', header, { ...goodClaims, aud: ['another-api'] }],
    ['no audience', header, without(goodClaims, 'aud')],
    ['no subject', header, without(goodClaims, 'sub')],
    ['an empty subject', header, { ...goodClaims, sub: '' }],
    ['a subject that is a number', header, { ...goodClaims, sub: 1 }],
    ['no expiry', header, without(goodClaims, 'exp')],
    ['an expiry that is text', header, { ...goodClaims, exp: String(start + 600) }],
    ['an expiry in the past', header, { ...goodClaims, exp: start - 30 }],
    ['no time of issue', header, without(goodClaims, 'iat')],
    ['a time of issue to come', header, { ...goodClaims, iat: start + 31 }],
    ['a beginning to come', header, { ...goodClaims, nbf: start + 31 }],
    ['no version', header, without(goodClaims, 'ver')],
    ['a version that is text', header, { ...goodClaims, ver: '3' }],
    ['half a version', header, { ...goodClaims, ver: 3.5 }],
    ['a version that is not exact', header, { ...goodClaims, ver: 2 ** 53 }],
    ['no scope', header, without(goodClaims, 'scope')],
    ['a scope that is a list', header, { ...goodClaims, scope: ['me'] }],
    ['claims that are a list', header, [goodClaims]],
    ['claims that are null', header, null]
  ])('is not let in with %s', async (_, head, claims, signs = sign) => {
    expect(await letIn(codecWith(keys), [jwt(head, claims, signs)])).toEqual([])
  })

  if (publicKey) {
    test('is not let in if it is an HMAC keyed with the public key', async () => {
      const forms = [
        publicKey.export({ format: 'pem', type: 'spki' }),
        publicKey.export({ format: 'pem', type: 'spki' }).toString().trim(),
        publicKey.export({ format: 'der', type: 'spki' }),
        JSON.stringify(publicKey.export({ format: 'jwk' })),
        Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
      ]
      const tokens = forms.flatMap(key => [
        jwt({ ...header, alg: 'HS256' }, goodClaims, hmac(key)),
        jwt(header, goodClaims, hmac(key))
      ])
      expect(await letIn(codecWith(keys), tokens)).toEqual([])
    })
  }

  test.each([
    ['a media type in full', { ...header, typ: 'application/at+jwt' }, goodClaims],
    ['several audiences', header, { ...goodClaims, aud: ['another-api', audience] }],
    ['a time of issue within the leeway', header, { ...goodClaims, iat: start + 30 }],
    ['a beginning within the leeway', header, { ...goodClaims, nbf: start + 30 }],
    ['an expiry within the leeway', header, { ...goodClaims, exp: start - 29 }],
    ['members that nobody knows', { ...header, x: 1 }, { ...goodClaims, x: 1 }]
  ])('is let in with %s', async (_, head, claims) => {
    expect(await codecWith(keys).decode(jwt(head, claims, sign))).toEqual(said)
  })

  test('may have 8 KiB, and no byte more', async () => {
    const ofLength = (length: number): string => {
      for (const x of ['', 'x', 'xx']) {
        for (let more = 5500; more < 6200; more++) {
          const input = `${encoded({ ...header, x })}.${encoded({ ...goodClaims, x: 'x'.repeat(more) })}`
          if (input.length + good.length - good.lastIndexOf('.') === length) {
            return `${input}.${sign(input).toString('base64url')}`
          }
        }
      }
      throw new Error(`No token has ${length} bytes`)
    }
    const codec = codecWith(keys)
    const [longest, longer] = [ofLength(8192), ofLength(8193)]
    expect(await letIn(codec, [longest, longer])).toEqual([longest])
  })

  test.each([
    ['at first sight', false],
    ['when it is remembered', true]
  ])('expires to the millisecond, 30 s after exp: %s', async (_, isRemembered) => {
    const codec = codecWith(keys)
    if (isRemembered) await codec.decode(good)
    codec.clock = start + 630 - 0.001
    expect(await codec.decode(good)).toEqual(said)
    codec.clock = start + 630
    const other = Object.assign(codecWith(keys), { clock: codec.clock })
    expect(await (isRemembered ? codec : other).decode(good)).toBeUndefined()
  })
})

describe('100,000 random tokens', () => {
  /** Random numbers of a fixed seed (mulberry32): whole ones below `limit`. */
  const randomOf = (seed: number) => {
    let state = seed
    return (limit: number): number => {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return ((((mixed ^ (mixed >>> 14)) >>> 0) * limit) / 2 ** 32) | 0
    }
  }

  test('are not let in, and none throws', async () => {
    const below = randomOf(20270101)
    const pick = <Item>(items: readonly Item[], otherwise: Item): Item => items[below(items.length)] ?? otherwise
    const goods = kinds.map(({ header, sign }) => jwt(header, goodClaims, sign))
    const parts = goods.flatMap(good => good.split('.'))
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ "{}\0\n\u00e9\ud800'
    const text = Array.from({ length: 50_000 }, () => letters.charAt(below(letters.length))).join('')
    const noise = (length: number): string => text.slice(below(text.length)).slice(0, below(length))
    const values: readonly unknown[] = [
      null,
      0,
      -1,
      1e300,
      '',
      'none',
      'HS256',
      [],
      {},
      true,
      '__proto__',
      start,
      'at+jwt'
    ]
    const jsons = ['{', '[]', 'null', '{"alg":"HS256"', '"', '\ud800', '{"__proto__":{}}']

    const mutated = (): string => {
      let token = pick(goods, '')
      for (let times = 1 + below(3); times > 0; times--) {
        const [at, length] = [below(token.length), below(4)]
        token = token.slice(0, at) + noise(4) + token.slice(at + length)
      }
      return token
    }
    const oddHeader = (): string => {
      const [head, ...others] = pick(goods, '').split('.')
      const odd = { ...(decoded(head) as Json), [pick(['alg', 'kid', 'typ', 'crit', 'b64'], '')]: pick(values, 0) }
      return [encoded(odd), ...others].join('.')
    }
    const makers = [
      mutated,
      oddHeader,
      oddHeader,
      () => noise(600),
      () => [noise(80), noise(300), noise(80)].join('.'),
      () => [pick(parts, ''), pick(parts, ''), pick(parts, '')].join('.'),
      () => [Buffer.from(pick(jsons, '')).toString('base64url'), pick(parts, ''), pick(parts, '')].join('.')
    ]
    const codecs = kinds.map(({ keys }) => codecWith(keys))
    for (let count = 0; count < 100_000; count += 1000) {
      const tokens = Array.from({ length: 1000 }, () => pick(makers, mutated)()).filter(token => !goods.includes(token))
      expect(await letIn(codecs[(count / 1000) % 3] ?? codecWith(await ofSecrets(secret)), tokens)).toEqual([])
    }
  })
})

describe('the keys', () => {
  const [newer, older] = ['n'.repeat(32), 'o'.repeat(32)]

  test('rotate: the newest signs, older ones still verify, and one that is gone ends its tokens', async () => {
    const before = codecWith(await ofSecrets(older))
    const during = codecWith(await ofSecrets(newer, older))
    const after = codecWith(await ofSecrets(newer))
    const [old, young] = [await issued(before), await issued(during)]
    expect(await letIn(before, [old, young])).toEqual([old])
    expect(await letIn(during, [old, young])).toEqual([old, young])
    expect(await letIn(after, [old, young])).toEqual([young])
  })

  test('rotate from one algorithm to another', async () => {
    const [before, during] = [codecWith(await ofKeys(ecKey)), codecWith(await ofKeys(edKey, ecKey))]
    const tokens = [await issued(before), await issued(during)]
    expect(await letIn(during, tokens)).toEqual(tokens)
    expect(tokens.map(token => decoded(token.split('.')[0]))).toMatchObject([{ alg: 'ES256' }, { alg: 'EdDSA' }])
  })

  test('are each for one algorithm, whatever the others are for', async () => {
    const keys = await ofKeys(edKey, ecKey)
    const [ed = '', ec = ''] = keys.verifying.keys()
    const swapped = [
      jwt({ typ: 'at+jwt', alg: 'ES256', kid: ed }, goodClaims, p256(ecKey)),
      jwt({ typ: 'at+jwt', alg: 'EdDSA', kid: ec }, goodClaims, ed25519(edKey))
    ]
    expect(await letIn(codecWith(keys), swapped)).toEqual([])
  })
})

describe('scopes', () => {
  test.each([
    ['none asked for', ['me', 'items'], [], 'me items'],
    ['one of the user', ['me', 'items'], ['items'], 'items'],
    ['all of the user, in another order', ['me', 'items'], ['items', 'me'], 'items me'],
    ["one that is declared, but not the user's", ['me', 'items'], ['admin', 'me'], 'me'],
    ['only such', ['me', 'items'], ['admin'], ''],
    ["one of the user that isn't declared", ['own'], ['own'], 'own'],
    ['the same twice', ['me', 'items'], ['me', 'me'], 'me'],
    ['none, of a user who has one twice', ['me', 'me'], [], 'me'],
    ['none, of a user who has none', [], [], '']
  ])('are granted: %s', async (_, scopes, asked, scope) => {
    const codec = codecWith(await ofSecrets(secret), ['me', 'items', 'admin'])
    const token = await codec.issue({ ...johndoe, scopes }, asked)
    expect(token?.scope).toBe(scope)
    const claims = await codec.decode(token?.access_token ?? '')
    expect(claims?.scopes).toEqual(scope === '' ? [] : scope.split(' '))
  })

  test.each(['other', 'ME', '', 'me items', 'constructor'])('that nobody knows get no token: %j', async asked => {
    const codec = codecWith(await ofSecrets(secret), ['me', 'items', 'admin'])
    expect(await codec.issue(johndoe, ['me', asked])).toBeUndefined()
  })

  test.each(['me admin', '', 'a"b', 'a\\b', 'é'])(
    "that can't be written into a token are no user's: %j",
    async scope => {
      const codec = codecWith(await ofSecrets(secret))
      await expect(codec.issue({ ...johndoe, scopes: [scope] }, [])).rejects.toThrow(
        `The user johndoe has ${JSON.stringify(scope)}, which can't be a scope.`
      )
    }
  )

  test('of a user may be as many as a token can hold', async () => {
    const codec = codecWith(await ofSecrets(secret))
    const scopes = (count: number): string[] => Array.from({ length: count }, (_, index) => `scope:${index}`)
    expect(await codec.decode(await issued(codec, { ...johndoe, scopes: scopes(500) }))).toMatchObject({
      scopes: scopes(500)
    })
    await expect(codec.issue({ ...johndoe, scopes: scopes(700) }, [])).rejects.toThrow(
      'The scopes of the user johndoe are too many for a token.'
    )
  })
})

describe('what a token said', () => {
  /** Whether it is known without verifying: that takes another thread, so it can't be done within microtasks. */
  const isRemembered = async (codec: TokenCodec, token: string): Promise<boolean> => {
    const decoding = codec.decode(token)
    let isDone = false
    void decoding.then(() => (isDone = true))
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
    const wasDone = isDone
    await decoding
    return wasDone
  }

  test('is remembered if it was good, by this codec', async () => {
    const codec = codecWith(await ofSecrets(secret))
    const token = await issued(codec)
    expect([await isRemembered(codec, token), await isRemembered(codec, token)]).toEqual([false, true])
    expect(await isRemembered(codecWith(await ofSecrets(secret)), token)).toBe(false)
  })

  test("isn't remembered if it was wrong, or has expired", async () => {
    const codec = codecWith(await ofSecrets(secret))
    const token = await issued(codec)
    const wrong = await issued(Object.assign(codecWith(await ofSecrets(secret)), { clock: start - 700 }))
    expect([await isRemembered(codec, wrong), await isRemembered(codec, wrong)]).toEqual([false, false])
    await codec.decode(token)
    codec.clock = start + 700
    await codec.decode(token)
    expect(await isRemembered(codec, token)).toBe(false)
  })

  test('is forgotten before all that is remembered takes more than 8 MiB', async () => {
    const codec = codecWith(await ofSecrets(secret))
    const long = { ...johndoe, scopes: Array.from({ length: 500 }, (_, index) => `scope:${index}`) }
    const tokens = await Promise.all(Array.from({ length: 1300 }, () => issued(codec, long)))
    const bytes = Buffer.byteLength(tokens.join(''))
    expect(bytes).toBeGreaterThan(8 * 2 ** 20)
    for (const token of tokens) await codec.decode(token)
    expect(await isRemembered(codec, tokens.at(-1) ?? '')).toBe(true)
    expect(await isRemembered(codec, tokens[0] ?? '')).toBe(false)
  })
})
