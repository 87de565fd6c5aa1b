import { describe, expect, test } from '@jest/globals'
import * as bcrypt from '@node-rs/bcrypt'
import { argon2Hasher } from '../../src/auth/argon2-hasher.js'
import { createGate } from '../../src/auth/gate.js'
import type { PasswordHasher } from '../../src/auth/password-hasher.js'
import { createPasswords, type Passwords } from '../../src/auth/passwords.js'
import type { AccountWithHash } from '../../src/auth/user.js'
import { Unavailable } from '../../src/unavailable.js'

const gateOf = (queue: number, threads = 4) => createGate({ queue, threads, workers: 1 })
const settings = { memoryMiB: 1, passes: 2, parallelism: 1, gate: gateOf(100) }
const strong = argon2Hasher(settings)
const weak = argon2Hasher({ ...settings, passes: 1 })

const accountWith = (hash: string): AccountWithHash => ({
  user: { username: 'johndoe', email: null, full_name: null, disabled: null },
  scopes: [],
  version: 1,
  hash
})

type Renewal = readonly [username: string, from: string, to: string]

const passwordsWith = async (
  hasher: PasswordHasher
): Promise<{ readonly passwords: Passwords; readonly renewals: readonly Renewal[] }> => {
  const renewals: Renewal[] = []
  const renewHash = (...renewal: Renewal): Promise<void> => {
    renewals.push(renewal)
    return Promise.resolve()
  }
  return { passwords: await createPasswords(hasher, { renewHash }), renewals }
}

describe('a password', () => {
  test("matches the account's hash, and nobody's is anything", async () => {
    const { passwords, renewals } = await passwordsWith(strong)
    const account = accountWith(await passwords.hash('secret'))
    expect(await passwords.matches('secret', account)).toBe(true)
    expect(await passwords.matches('wrong', account)).toBe(false)
    expect(await passwords.matches('secret', undefined)).toBe(false)
    expect(renewals).toEqual([])
  })

  test('of more than 256 characters is nobody’s, whatever the hash was made of', async () => {
    const { passwords } = await passwordsWith(strong)
    const [most, more] = ['x'.repeat(256), 'x'.repeat(257)]
    expect(await passwords.matches(most, accountWith(await strong.hash(most)))).toBe(true)
    expect(await passwords.matches(more, accountWith(await strong.hash(more)))).toBe(false)
    expect(await passwords.matches(more, accountWith(await strong.hash('')))).toBe(false)
    await expect(passwords.hash(more)).rejects.toThrow(RangeError)
  })

  test('costs one hash whether it is right, wrong, too long, or for nobody', async () => {
    let hashed = 0
    const counting: PasswordHasher = {
      ...strong,
      verify: (...of) => {
        hashed += 1
        return strong.verify(...of)
      }
    }
    const { passwords } = await passwordsWith(counting)
    const account = accountWith(await strong.hash('secret'))
    const costs: number[] = []
    for (const [password, of] of [
      ['secret', account],
      ['wrong', account],
      ['x'.repeat(300), account],
      ['secret', undefined],
      ['x'.repeat(300), undefined]
    ] as const) {
      hashed = 0
      await passwords.matches(password, of)
      costs.push(hashed)
    }
    expect(costs).toEqual([1, 1, 1, 1, 1])
  })

  test('says why a new one is not taken', async () => {
    const { passwords } = await passwordsWith(strong)
    expect(await passwords.weakness('short')).toMatch(/at least 8/)
    expect(await passwords.weakness('johndoe-1', 'johndoe-1')).toMatch(/username/)
    expect(await passwords.weakness('correct horse battery')).toBeUndefined()
  })
})

describe('a weak hash', () => {
  test.each([
    ['Argon2', () => weak.hash('secret')],
    ['bcrypt', () => bcrypt.hash('secret', 4)]
  ])('of %s is made anew when its password matches, and only then', async (_, hash) => {
    const { passwords, renewals } = await passwordsWith(strong)
    const account = accountWith(await hash())
    expect(await passwords.matches('wrong', account)).toBe(false)
    expect(renewals).toEqual([])
    expect(await passwords.matches('secret', account)).toBe(true)
    expect(renewals).toEqual([['johndoe', account.hash, expect.stringMatching(/^\$argon2id\$v=19\$m=1024,t=2,p=1\$/)]])
    expect(await strong.verify('secret', renewals[0]?.[2] ?? '')).toBe(true)
  })

  test('stays if it saw only the beginning of the password, whose rest may be wrong', async () => {
    const { passwords, renewals } = await passwordsWith(strong)
    const account = accountWith(await bcrypt.hash('x'.repeat(80), 4))
    expect(await passwords.matches(`${'x'.repeat(79)}y`, account)).toBe(true)
    expect(renewals).toEqual([])
  })

  test('stays when the queue is full, and the login goes on', async () => {
    const narrow = argon2Hasher({ ...settings, memoryMiB: 8, gate: gateOf(0, 3) })
    const busy: Promise<string>[] = []
    const { passwords, renewals } = await passwordsWith({
      ...narrow,
      // Somebody else is quicker: in the moment between a match and its renewal.
      isWeak: (...of) => {
        busy.push(narrow.hash('somebody else'))
        return narrow.isWeak(...of)
      }
    })
    expect(await passwords.matches('secret', accountWith(await weak.hash('secret')))).toBe(true)
    expect(renewals).toEqual([])
    await Promise.all(busy)
  })

  test('that cannot be kept is an error', async () => {
    const passwords = await createPasswords(strong, { renewHash: () => Promise.reject(new Error('disk full')) })
    await expect(passwords.matches('secret', accountWith(await weak.hash('secret')))).rejects.toThrow('disk full')
  })
})

test('a full queue is Unavailable, for known and unknown names', async () => {
  const narrow = argon2Hasher({ ...settings, gate: gateOf(0, 3) })
  const { passwords } = await passwordsWith(narrow)
  const first = narrow.hash('secret')
  await expect(passwords.matches('secret', undefined)).rejects.toThrow(Unavailable)
  await first
})
