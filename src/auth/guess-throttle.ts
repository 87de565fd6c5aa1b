import { createHash } from 'node:crypto'
import type { Counted, Counter } from './counter.js'
import type { KnownAddresses, LoginThrottle } from './login-throttle.js'
import { networkOf } from './network.js'

/** How many attempts may fail in a window of time, which begins with the first one. At most 35,000 minutes. */
export interface ThrottleLimit {
  readonly failures: number
  readonly minutes: number
}

/** How many attempts to log in may fail. */
export interface ThrottleLimits {
  /** With one username, from one address. */
  readonly accountAndAddress: ThrottleLimit
  /** From one address, whatever the username. */
  readonly address: ThrottleLimit
  /** With one username, from all addresses: then only those may go on from which its user has logged in before. */
  readonly account: ThrottleLimit
}

export interface ThrottleOptions {
  readonly limits: ThrottleLimits
  readonly knownAddresses: KnownAddresses
  /** Makes what counts in windows of so many minutes. */
  readonly counter: (minutes: number) => Counter | Promise<Counter>
}

interface Limiter {
  readonly counter: Counter
  readonly failures: number
}

interface Step extends Limiter {
  readonly key: string
  /** Whether the attempt may go on although there were too many. */
  readonly exempt?: () => Promise<boolean>
}

const keyOf = (purpose: 'address' | 'account and address' | 'account' | 'known', ...values: string[]): string =>
  createHash('sha256')
    .update(JSON.stringify([purpose, ...values]))
    .digest('base64url')

/**
 * Slows down the guessing of passwords, by address and by account, whether there is such an account or not. An IPv6
 * address counts as its /64. Attempts elsewhere can't lock users out of an address that they use.
 *
 * Counts come before the password is looked at, so that many attempts at a time are no way around, and are taken back of
 * those that succeed or are blocked. All methods throw `Unavailable` if the database doesn't answer.
 */
export const guessThrottle = async ({ limits, knownAddresses, counter }: ThrottleOptions): Promise<LoginThrottle> => {
  const limiterOf = async ({ failures, minutes }: ThrottleLimit): Promise<Limiter> => {
    return { failures, counter: await counter(minutes) }
  }
  const address = await limiterOf(limits.address)
  const accountAndAddress = await limiterOf(limits.accountAndAddress)
  const account = await limiterOf(limits.account)

  return {
    attempt: async (username, from) => {
      const network = networkOf(from)
      const known = keyOf('known', username, network)
      const steps: readonly Step[] = [
        { ...address, key: keyOf('address', network) },
        { ...accountAndAddress, key: keyOf('account and address', username, network) },
        { ...account, key: keyOf('account', username), exempt: () => knownAddresses.has(known) }
      ]
      const counts: Counted[] = []
      const takeBack = async (): Promise<void> => {
        await Promise.all(counts.splice(0).map(counted => counted.takeBack()))
      }
      for (const { counter, failures, key, exempt } of steps) {
        const counted = await counter.count(key)
        counts.push(counted)
        if (counted.count > failures && !(await exempt?.())) {
          await takeBack()
          return { retryAfter: Math.max(1, Math.ceil(counted.left / 1000)) }
        }
      }
      return {
        succeeded: async () => {
          await takeBack()
          await knownAddresses.add(known)
        },
        withdrawn: takeBack
      }
    }
  }
}
