import { describe, expect, test } from '@jest/globals'
import { isTooLong, weaknessOf } from '../../src/auth/new-password.js'

const short = 'A password takes at least 8 characters.'
const long = 'A password takes at most 256 characters.'
const common = 'This is one of the most common passwords. Take another one.'

describe('a new password', () => {
  test.each([
    'correct horse battery staple',
    'zq8#Kd0w',
    'ずっと前から好きでした',
    '👪👪👪👪👪👪👪👪',
    '        ',
    'x'.repeat(256),
    '👪'.repeat(256),
    '가'.normalize('NFD').repeat(256)
  ])('is taken: %s', async password => {
    expect(await weaknessOf(password, 'johndoe')).toBeUndefined()
  })

  test.each([
    ['', short],
    ['zq8#Kd0', short],
    ['👪👪👪👪', short],
    ['e\u0301'.repeat(7), short],
    ['x'.repeat(257), long],
    ['ﷺ'.repeat(15), long],
    ['x'.repeat(5_000_000), long],
    ['password', common],
    ['PassWord1', common],
    ['ｐａｓｓｗｏｒｄ', common],
    ['24081990', common] // the last one of the 10,000
  ])('is not taken', async (password, why) => {
    expect(await weaknessOf(password)).toBe(why)
  })

  test('is not the username, in whatever case', async () => {
    expect(await weaknessOf('JohannaDoe', 'johannadoe')).toBe('The username is no password.')
    expect(await weaknessOf('JohannaDoe', 'johndoe')).toBeUndefined()
    expect(await weaknessOf('JohannaDoe')).toBeUndefined()
  })
})

test('the longest spelling of 256 characters is not too long', () => {
  const spelled = '\u1f82'.normalize('NFD')
  expect(spelled).toHaveLength(4)
  expect(isTooLong(spelled.repeat(256))).toBe(false)
  expect(isTooLong(spelled.repeat(257))).toBe(true)
})
