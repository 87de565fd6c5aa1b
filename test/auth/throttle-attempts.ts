import type { ThrottleLimits } from '../../src/auth/guess-throttle.js'
import type { Attempt, KnownAddresses, LoginThrottle } from '../../src/auth/login-throttle.js'

/** The limits that the server has unless it is told otherwise. */
export const limits: ThrottleLimits = {
  accountAndAddress: { failures: 10, minutes: 15 },
  address: { failures: 100, minutes: 60 },
  account: { failures: 50, minutes: 60 }
}

export const knownAddressesInMemory = (): KnownAddresses => {
  const keys = new Set<string>()
  return {
    has: key => Promise.resolve(keys.has(key)),
    add: key => {
      keys.add(key)
      return Promise.resolve()
    }
  }
}

/** An attempt that is expected to be let through. */
export const letThrough = async (throttle: LoginThrottle, username: string, address: string): Promise<Attempt> => {
  const attempt = await throttle.attempt(username, address)
  if ('retryAfter' in attempt) throw new Error(`blocked for ${attempt.retryAfter} s`)
  return attempt
}

/** How many of `count` attempts, one after the other, are let through. None of them succeeds. */
export const passing = async (
  throttle: LoginThrottle,
  count: number,
  from: (index: number) => readonly [username: string, address: string]
): Promise<number> => {
  let passed = 0
  for (let index = 0; index < count; index++) {
    if (!('retryAfter' in (await throttle.attempt(...from(index))))) passed += 1
  }
  return passed
}
