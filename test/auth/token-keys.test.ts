import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, webcrypto } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { startProcess } from '../../scripts/lib/process.js'
import { ConfigError } from '../../src/config.js'
import { readTokenKeys, type TokenKeys } from '../../src/auth/token-keys.js'

let folder: string
const inFolder = (name: string): string => join(folder, name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'token-keys-'))
})
afterAll(() => rm(folder, { recursive: true }))

const ofSecrets = (...secrets: string[]): Promise<TokenKeys> =>
  readTokenKeys({ secrets, keyFiles: [], secretFile: inFolder('never') })
const ofFiles = (...names: string[]): Promise<TokenKeys> =>
  readTokenKeys({ secrets: [], keyFiles: names.map(inFolder), secretFile: inFolder('never') })
const ofOwn = (secretFile: string | undefined): Promise<TokenKeys> =>
  readTokenKeys({ secrets: [], keyFiles: [], secretFile })

/** RFC 7638 §3: the digest of the required members, in the order of their names. */
const thumbprint = (members: Record<string, unknown>): string =>
  createHash('sha256').update(JSON.stringify(members)).digest('base64url')
const kidOf = (secret: string): string => thumbprint({ k: Buffer.from(secret).toString('base64url'), kty: 'oct' })

const pem = (key: KeyObject): string | Buffer => key.export({ format: 'pem', type: 'pkcs8' })
const ed25519 = generateKeyPairSync('ed25519').privateKey
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

/** Why keys can't be read: an operator's mistake, told without any of `canaries`, wherever one looks at it. */
const refusal = async (keys: Promise<TokenKeys>, ...canaries: string[]): Promise<string> => {
  const error = await keys.then(
    () => undefined,
    (reason: unknown) => reason
  )
  if (!(error instanceof ConfigError)) throw new Error('No ConfigError', { cause: error })
  const shown = inspect(error, { depth: 9, showHidden: true })
  expect(canaries.filter(canary => shown.includes(canary))).toEqual([])
  return error.message
}

describe('secrets', () => {
  const [newer, older] = ['n'.repeat(32), 'é'.repeat(16)] // 16 letters, 32 bytes

  test('are for HS256: the first signs, all verify, and none is published', async () => {
    const keys = await ofSecrets(newer, older)
    expect(keys.signing).toMatchObject({ alg: 'HS256', kid: kidOf(newer) })
    expect([...keys.verifying.keys()]).toEqual([kidOf(newer), kidOf(older)])
    expect(keys.jwks).toBeUndefined()
    expect(await readdir(folder)).not.toContain('never')
  })

  test('never leave the key again', async () => {
    const { signing } = await ofSecrets(newer)
    await expect(webcrypto.subtle.exportKey('raw', signing.signsWith)).rejects.toThrow()
  })

  test.each([
    ['of 31 bytes', 'CANARY'.padEnd(31, '-')],
    ['of none', '']
  ])('%s are refused', async (_, secret) => {
    const reason = await refusal(ofSecrets(newer, secret), newer, 'CANARY')
    expect(reason).toBe(
      'TOKEN_SECRETS: secret 2 of 2 has fewer than 32 bytes. Make another: `openssl rand -base64 32`.'
    )
  })

  test('are refused if one is there twice', async () => {
    expect(await refusal(ofSecrets(newer, older, newer), newer, older)).toMatch(
      'TOKEN_SECRETS names the same key twice'
    )
  })

  test('are refused beside key files', async () => {
    const both = readTokenKeys({ secrets: [newer], keyFiles: ['key.pem'], secretFile: undefined })
    expect(await refusal(both, newer)).toMatch('TOKEN_SECRETS and TOKEN_KEY_FILE are both set')
  })
})

describe('key files', () => {
  test('are for the algorithm of their kind, and only the public keys are published', async () => {
    await writeFile(inFolder('ed25519.pem'), pem(ed25519))
    await writeFile(inFolder('p256.pem'), pem(p256))
    const keys = await ofFiles('ed25519.pem', 'p256.pem')
    const okp = createPublicKey(ed25519).export({ format: 'jwk' })
    const ec = createPublicKey(p256).export({ format: 'jwk' })
    const kids = [
      thumbprint({ crv: okp.crv, kty: okp.kty, x: okp.x }),
      thumbprint({ crv: ec.crv, kty: ec.kty, x: ec.x, y: ec.y })
    ]
    expect([...keys.verifying].map(([kid, { alg }]) => [kid, alg])).toEqual([
      [kids[0], 'EdDSA'],
      [kids[1], 'ES256']
    ])
    expect(keys.signing.kid).toBe(kids[0])
    expect(keys.jwks).toEqual({
      keys: [
        { ...okp, kid: kids[0], alg: 'EdDSA', use: 'sig' },
        { ...ec, kid: kids[1], alg: 'ES256', use: 'sig' }
      ]
    })
    expect(JSON.stringify(keys.jwks)).not.toContain('"d":')
  })

  const advice = 'Make one: `openssl genpkey -algorithm ed25519 -out token-key.pem`.'

  test.each([
    ['rsa', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey],
    ['ec', generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey],
    ['x25519', generateKeyPairSync('x25519').privateKey]
  ])('with another kind of key are refused: %s', async (kind, key) => {
    await writeFile(inFolder('other.pem'), pem(key))
    expect(await refusal(ofFiles('other.pem'))).toBe(
      `TOKEN_KEY_FILE names ${inFolder('other.pem')}, which holds a key of another kind (${kind}) than Ed25519 and ` +
        `EC P-256. ${advice}`
    )
  })

  test.each([
    ['a public key', createPublicKey(ed25519).export({ format: 'pem', type: 'spki' })],
    [
      'a passphrase',
      ed25519.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'CANARY' }).toString()
    ],
    ['half a key', pem(ed25519).slice(0, 60)],
    ['something else', 'CANARY'],
    ['nothing', '']
  ])('with %s are refused', async (_, text) => {
    await writeFile(inFolder('broken.pem'), text)
    const canaries = ['CANARY', ed25519.export({ format: 'der', type: 'pkcs8' }).toString('base64').slice(20, 30)]
    expect(await refusal(ofFiles('broken.pem'), ...canaries)).toBe(
      `TOKEN_KEY_FILE names ${inFolder('broken.pem')}, which holds no private key in PEM (PKCS #8) without a ` +
        `passphrase. ${advice}`
    )
  })

  test("that aren't there are refused", async () => {
    expect(await refusal(ofFiles('none.pem'))).toBe(
      `TOKEN_KEY_FILE names ${inFolder('none.pem')}, which can't be read (ENOENT).`
    )
  })
})

describe('a secret of its own', () => {
  test('is made once, of 32 random bytes, for its owner only', async () => {
    const file = inFolder('own')
    const [first, second] = [await ofOwn(file), await ofOwn(file)]
    const secret = await readFile(file, 'utf8')
    expect(Buffer.from(secret, 'base64url').toString('base64url')).toBe(secret)
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    expect([first.signing.kid, second.signing.kid]).toEqual([kidOf(secret), kidOf(secret)])
    expect(first.jwks).toBeUndefined()
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await readdir(folder)).filter(name => name.startsWith('own'))).toEqual(['own'])
  })

  test('stays the same when it moves into TOKEN_SECRETS, or an editor adds a line break', async () => {
    const file = inFolder('moving')
    const { signing } = await ofOwn(file)
    const secret = await readFile(file, 'utf8')
    expect((await ofSecrets(secret)).signing.kid).toBe(signing.kid)
    await writeFile(file, `${secret}\n`)
    expect((await ofOwn(file)).signing.kid).toBe(signing.kid)
  })

  const testOfModes = process.platform === 'win32' ? test.skip : test

  testOfModes.each([0o640, 0o604, 0o620])('is refused if others may read or write it: mode %i', async mode => {
    const file = inFolder('open')
    await writeFile(file, 'CANARY'.padEnd(43, '-'))
    await chmod(file, mode)
    expect(await refusal(ofOwn(file), 'CANARY')).toMatch(`run \`chmod 600 ${file}\``)
  })

  test('is refused if it is short, and not made anew', async () => {
    const file = inFolder('short')
    await writeFile(file, 'CANARY', { mode: 0o600 })
    expect(await refusal(ofOwn(file), 'CANARY')).toMatch(`${file} has fewer than 32 bytes`)
    expect(await readFile(file, 'utf8')).toBe('CANARY')
  })

  test("is refused where it can't be kept", async () => {
    expect(await refusal(ofOwn(inFolder('no/such/folder')))).toBe(
      `A secret for tokens can't be kept in ${inFolder('no/such/folder')} (ENOENT): let the process write there, or ` +
        'set TOKEN_SECRETS.'
    )
  })

  test("isn't made where other machines wouldn't know it", async () => {
    expect(await refusal(ofOwn(undefined))).toBe(
      'TOKEN_SECRETS is required with PostgreSQL, so that all machines know the same: set it to what ' +
        '`openssl rand -base64 32` prints.'
    )
  })

  test('is the same for ten processes that start at once', async () => {
    const code = `
      import { readTokenKeys } from ${JSON.stringify(new URL('../../dist/auth/token-keys.js', import.meta.url).href)}
      process.once('message', async files => {
        const read = secretFile => readTokenKeys({ secrets: [], keyFiles: [], secretFile })
        const kids = files.map(file => read(file).then(({ signing }) => signing.kid, String))
        process.send(await Promise.all(kids), () => process.disconnect())
      })
      process.send('ready')`
    const args = ['--input-type=module', '--eval', code]
    const processes = Array.from({ length: 10 }, () => startProcess(process.execPath, args, { messages: true }))
    try {
      await Promise.all(processes.map(({ child }) => once(child, 'message')))
      const files = Array.from({ length: 100 }, (_, index) => inFolder(`raced-${index}`))
      const answers = processes.map(({ child }) => once(child, 'message'))
      for (const { child } of processes) child.send(files)
      const answered = (await Promise.all(answers)).map(([answer]: unknown[]) => answer)
      const kept = await Promise.all(files.map(async file => kidOf(await readFile(file, 'utf8'))))
      expect(answered).toEqual(answers.map(() => kept))
      expect(new Set(kept).size).toBe(files.length)
      expect((await readdir(folder)).filter(name => name.startsWith('raced'))).toHaveLength(files.length)
    } finally {
      await Promise.all(processes.map(({ stop }) => stop()))
    }
  })
})
