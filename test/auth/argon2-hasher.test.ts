import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { describe, expect, test } from '@jest/globals'
import * as argon2 from '@node-rs/argon2'
import * as bcrypt from '@node-rs/bcrypt'
import { argon2Hasher } from '../../src/auth/argon2-hasher.js'
import { createGate } from '../../src/auth/gate.js'
import { ConfigError } from '../../src/config.js'
import { Unavailable } from '../../src/unavailable.js'

const gateOf = (queue: number, threads = 4) => createGate({ queue, threads, workers: 1 })
const settings = { memoryMiB: 1, passes: 2, parallelism: 1, gate: gateOf(100) }
const hasher = argon2Hasher(settings)
const parameters = { memoryCost: 1024, timeCost: 2, parallelism: 1 }
const [argon2d, argon2i, version16] = [0, 1, 0]

describe('a password hash', () => {
  test('is Argon2id with the parameters that are set, and another one each time', async () => {
    const [one, other] = await Promise.all([hasher.hash('secret'), hasher.hash('secret')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=1024,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(one).not.toBe(other)
  })

  test('matches its password and no other', async () => {
    const hash = await hasher.hash('secret')
    expect(await hasher.verify('secret', hash)).toBe(true)
    expect(await hasher.verify('Secret', hash)).toBe(false)
    expect(await hasher.verify('', hash)).toBe(false)
  })

  test('matches its password however the characters were composed', async () => {
    const hash = await hasher.hash('ﬁancée ½ pound')
    expect(await hasher.verify('fiance\u0301e 1⁄2 pound', hash)).toBe(true)
    expect(await hasher.verify('fiancee 1⁄2 pound', hash)).toBe(false)
  })
})

describe('a hash from elsewhere', () => {
  test.each([
    ['Argon2d', { ...parameters, algorithm: argon2d }],
    ['Argon2i', { ...parameters, algorithm: argon2i }],
    ['Argon2id version 16', { ...parameters, version: version16 }],
    ['other costs', { memoryCost: 64, timeCost: 5, parallelism: 3 }],
    ['a short salt', { ...parameters, salt: Buffer.from('somesalt') }],
    ['a short output', { ...parameters, outputLen: 16 }]
  ])('matches and is weak: %s', async (_, options) => {
    const hash = await argon2.hash('secret', options)
    expect(await hasher.verify('secret', hash)).toBe(true)
    expect(await hasher.verify('wrong', hash)).toBe(false)
    expect(hasher.isWeak(hash)).toBe(true)
  })

  test.each(['2a', '2b', '2y'] as const)('matches and is weak: bcrypt $%s$', async version => {
    const hash = (await bcrypt.hash('sécret', 4)).replace(/^\$2.\$/, `$${version}$`)
    expect(await hasher.verify('sécret', hash)).toBe(true)
    expect(await hasher.verify('wrong', hash)).toBe(false)
    expect(hasher.isWeak(hash, 'sécret')).toBe(true)
  })

  test('matches the password as it was typed', async () => {
    const typed = 'my 1000 µ² password´'
    expect(typed.normalize('NFKC')).not.toBe(typed)
    expect(await hasher.verify(typed, await bcrypt.hash(typed, 4))).toBe(true)
    expect(await hasher.verify(typed, await argon2.hash(typed, parameters))).toBe(true)
  })

  test('of bcrypt is not to be made anew of more than the 72 bytes it saw', async () => {
    const [seen, more] = ['é'.repeat(36), `${'é'.repeat(36)}!`]
    const hash = await bcrypt.hash(more, 4)
    expect(await hasher.verify(more, hash)).toBe(true)
    expect(hasher.isWeak(hash, seen)).toBe(true)
    expect(hasher.isWeak(hash, more)).toBe(false)
  })
})

describe('a hash', () => {
  test('is weak if it cost less than what is set now, in any way', async () => {
    const hash = await hasher.hash('secret')
    expect(hasher.isWeak(hash)).toBe(false)
    expect(argon2Hasher({ ...settings, memoryMiB: 2 }).isWeak(hash)).toBe(true)
    expect(argon2Hasher({ ...settings, passes: 3 }).isWeak(hash)).toBe(true)
    expect(argon2Hasher({ ...settings, parallelism: 2 }).isWeak(hash)).toBe(true)
    expect(argon2Hasher({ ...settings, passes: 1 }).isWeak(hash)).toBe(false)
  })

  test('that is none, or costs absurdly much, matches nothing', async () => {
    const hash = await hasher.hash('secret')
    const crypt = await bcrypt.hash('secret', 4)
    const hashes = [
      '',
      'fakehashedsecret',
      ` ${hash}`,
      hash.slice(0, -3),
      hash.replace('t=2', 't=0'),
      hash.replace('t=2', 't=4294967295'),
      hash.replace('m=1024', 'm=4294967295'),
      hash.replace('m=1024', 'm=4194304'),
      hash.replace('p=1', 'p=200'),
      hash.replace('argon2id', 'scrypt'),
      crypt.slice(0, -1),
      crypt.replace('$04$', '$03$'),
      crypt.replace('$04$', '$31$'),
      crypt.replace(/^\$2./, '$2x')
    ]
    for (const not of hashes) expect([not, await hasher.verify('secret', not)]).toEqual([not, false])
  })

  test('cannot be set to cost absurdly much', () => {
    expect(() => argon2Hasher({ ...settings, memoryMiB: 1025, passes: 1 })).toThrow(ConfigError)
    expect(() => argon2Hasher({ ...settings, passes: 4097 })).toThrow(ConfigError)
    expect(() => argon2Hasher({ ...settings, passes: 4096 })).not.toThrow()
  })
})

describe('while 200 passwords are to be hashed', () => {
  const busy = argon2Hasher({ ...settings, memoryMiB: 8, gate: gateOf(150) })

  test('files are read and the event loop goes on, and who comes too late is told so at once', async () => {
    const started = performance.now()
    const outcomes: string[] = []
    const hashes = Array.from({ length: 200 }, () =>
      busy.hash('secret').then(
        () => outcomes.push('hashed'),
        (error: unknown) => outcomes.push(error instanceof Unavailable ? `again in ${error.retryAfter} s` : 'failed')
      )
    )
    await new Promise(setImmediate)
    const atOnce = Math.min(availableParallelism(), 2)
    expect(outcomes).toEqual(Array.from({ length: 50 - atOnce }, () => 'again in 1 s'))

    let reads = 0
    let slowest = 0
    while (outcomes.length < 150) {
      const before = performance.now()
      await readFile(new URL(import.meta.url))
      slowest = Math.max(slowest, performance.now() - before)
      reads += 1
    }
    await Promise.all(hashes)
    const all = performance.now() - started
    expect(outcomes.filter(outcome => outcome === 'hashed')).toHaveLength(150 + atOnce)
    // Had the hashes all threads, each read would wait for all of them: there would be one or two. Beside busy tests there are 100.
    expect(reads).toBeGreaterThan(20)
    expect(slowest).toBeLessThan(all / 4)
  })

  test('bcrypt waits in the same queue', async () => {
    const narrow = argon2Hasher({ ...settings, gate: gateOf(0, 3) })
    const crypt = await bcrypt.hash('secret', 4)
    const first = narrow.hash('secret')
    await expect(narrow.verify('secret', crypt)).rejects.toThrow(Unavailable)
    await first
    expect(await narrow.verify('secret', crypt)).toBe(true)
  })
})
