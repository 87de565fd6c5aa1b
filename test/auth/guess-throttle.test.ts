import { afterEach, describe, expect, jest, test } from '@jest/globals'
import { type Counter, memoryCounter } from '../../src/auth/counter.js'
import { guessThrottle } from '../../src/auth/guess-throttle.js'
import type { LoginThrottle } from '../../src/auth/login-throttle.js'
import { networkOf } from '../../src/auth/network.js'
import { knownAddressesInMemory, letThrough, limits, passing } from './throttle-attempts.js'

const throttleOf = (): Promise<LoginThrottle> =>
  guessThrottle({ limits, knownAddresses: knownAddressesInMemory(), counter: memoryCounter })

const [home, elsewhere] = ['192.0.2.1', '198.51.100.7']

afterEach(() => {
  jest.useRealTimers()
})

describe('guesses of a password', () => {
  test('stop after 10 failures from one address, for up to 15 minutes', async () => {
    const throttle = await throttleOf()
    expect(await passing(throttle, 12, () => ['johndoe', home])).toBe(10)
    const { retryAfter } = (await throttle.attempt('johndoe', home)) as { retryAfter: number }
    expect(Number.isInteger(retryAfter)).toBe(true)
    expect(retryAfter).toBeGreaterThan(890)
    expect(retryAfter).toBeLessThanOrEqual(900)
    expect(await passing(throttle, 1, () => ['alice', home])).toBe(1)
    expect(await passing(throttle, 1, () => ['johndoe', elsewhere])).toBe(1)
  })

  test('stop after 10 of 100 that come at once', async () => {
    const throttle = await throttleOf()
    const attempts = await Promise.all(Array.from({ length: 100 }, () => throttle.attempt('johndoe', home)))
    expect(attempts.filter(attempt => !('retryAfter' in attempt))).toHaveLength(10)
  })

  test('stop after 100 from one address, whoever they are for', async () => {
    const throttle = await throttleOf()
    expect(await passing(throttle, 120, index => [`user ${index}`, home])).toBe(100)
    expect(await passing(throttle, 1, () => ['somebody', elsewhere])).toBe(1)
  })

  test('stop after 50 from all addresses', async () => {
    const throttle = await throttleOf()
    expect(await passing(throttle, 60, index => ['johndoe', `203.0.113.${index}`])).toBe(50)
    expect(await passing(throttle, 1, () => ['alice', '203.0.113.99'])).toBe(1)
  })

  test('go on when their time is over, which those that were blocked did not put off', async () => {
    jest.useFakeTimers()
    const throttle = await throttleOf()
    await passing(throttle, 10, () => ['johndoe', home])
    jest.advanceTimersByTime(14 * 60_000)
    expect(await passing(throttle, 20, () => ['johndoe', home])).toBe(0)
    expect(await throttle.attempt('johndoe', home)).toEqual({ retryAfter: 60 })
    jest.advanceTimersByTime(59_999)
    expect(await throttle.attempt('johndoe', home)).toEqual({ retryAfter: 1 })
    jest.advanceTimersByTime(1)
    expect(await passing(throttle, 12, () => ['johndoe', home])).toBe(10)
  })

  test('that are blocked count nowhere', async () => {
    const throttle = await throttleOf()
    expect(await passing(throttle, 200, () => ['johndoe', home])).toBe(10)
    expect(await passing(throttle, 95, index => [`user ${index}`, home])).toBe(90)
    expect(await passing(throttle, 50, index => ['johndoe', `203.0.113.${index}`])).toBe(40)
  })
})

describe('a login', () => {
  test('that succeeds does not count, and gives back nothing of others', async () => {
    const throttle = await throttleOf()
    await passing(throttle, 9, () => ['johndoe', home])
    for (let times = 0; times < 200; times++) {
      const attempt = await letThrough(throttle, 'johndoe', home)
      await attempt.succeeded()
      await attempt.withdrawn()
    }
    expect(await passing(throttle, 3, () => ['johndoe', home])).toBe(1)
  })

  test('whose password was not looked at does not count, and its address is not known', async () => {
    const throttle = await throttleOf()
    for (let times = 0; times < 200; times++) await (await letThrough(throttle, 'johndoe', home)).withdrawn()
    await passing(throttle, 50, index => ['johndoe', `203.0.113.${index}`])
    expect(await passing(throttle, 1, () => ['johndoe', home])).toBe(0)
  })

  test('that succeeds when its time is over gives nothing to the next', async () => {
    jest.useFakeTimers()
    const throttle = await throttleOf()
    const slow = await letThrough(throttle, 'johndoe', home)
    jest.advanceTimersByTime(15 * 60_000)
    expect(await passing(throttle, 5, () => ['johndoe', home])).toBe(5)
    await slow.succeeded()
    expect(await passing(throttle, 10, () => ['johndoe', home])).toBe(5)
  })

  test('can be locked out by nobody at an address that its user uses', async () => {
    const throttle = await throttleOf()
    await (await letThrough(throttle, 'johndoe', home)).succeeded()
    expect(await passing(throttle, 300, index => ['johndoe', `203.0.113.${index % 250}`])).toBe(50)
    expect(await passing(throttle, 1, () => ['johndoe', elsewhere])).toBe(0)
    for (let times = 0; times < 20; times++) await (await letThrough(throttle, 'johndoe', home)).succeeded()
    expect(await passing(throttle, 12, () => ['johndoe', home])).toBe(10)
    expect(await passing(throttle, 1, () => ['alice', home])).toBe(1)
  })

  test('from a known address of one user is not known of another', async () => {
    const throttle = await throttleOf()
    await (await letThrough(throttle, 'alice', home)).succeeded()
    await passing(throttle, 50, index => ['johndoe', `203.0.113.${index}`])
    expect(await passing(throttle, 1, () => ['johndoe', home])).toBe(0)
  })
})

describe('an address', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['0:0:0:0:0:FFFF:c000:0201', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8::', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:1::', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['::2:3:4:5:6:7:8', '0:2:3:4::/64'],
    ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
    ['::ffff:192.0.2.1:80', '::ffff:192.0.2.1:80']
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  test('of IPv6 is the same to the throttle as the others of its /64', async () => {
    const throttle = await throttleOf()
    expect(await passing(throttle, 20, index => ['johndoe', `2001:db8::${index}`])).toBe(10)
    expect(await passing(throttle, 1, () => ['johndoe', '2001:db8:0:1::'])).toBe(1)
  })

  test('and a username are not mixed up', async () => {
    const throttle = await throttleOf()
    expect(await passing(throttle, 20, () => ['a","b', 'c'])).toBe(10)
    expect(await passing(throttle, 1, () => ['a', 'b","c'])).toBe(1)
  })
})

describe('what is counted in memory', () => {
  const countsOf = async (counter: Counter, keys: string): Promise<string> => {
    let counts = ''
    for (const key of keys) counts += String((await counter.count(key)).count)
    return counts
  }

  test('is bounded: the older half makes room', async () => {
    const counter = memoryCounter(60, 4)
    expect(await countsOf(counter, 'abcdabcd')).toBe('11112222')
    expect(await countsOf(counter, 'ecdab')).toBe('13311')
  })

  test('lasts as long as its window, whatever else is counted', async () => {
    jest.useFakeTimers()
    const counter = memoryCounter(1)
    jest.advanceTimersByTime(59_000)
    await countsOf(counter, 'a')
    jest.advanceTimersByTime(2_000)
    expect(await countsOf(counter, 'ba')).toBe('12')
    jest.advanceTimersByTime(57_999)
    expect(await countsOf(counter, 'ab')).toBe('32')
    jest.advanceTimersByTime(1)
    expect(await countsOf(counter, 'ab')).toBe('13')
  })
})
