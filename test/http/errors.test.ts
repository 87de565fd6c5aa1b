import { describe, expect, test } from '@jest/globals'
import { logUnexpected } from '../../src/http/errors.js'
import { keepLog, stackOf } from '../support/keep-log.js'

const logged = (error: unknown): string => {
  const { log, lines } = keepLog()
  logUnexpected(error, log)
  expect(lines).toEqual([{ level: 'error', message: 'Unexpected error', stack: expect.any(String) }])
  return stackOf(lines[0])
}

/** An error as libraries throw it: with the request that it came of. */
const withRequest = (message: string, cause?: unknown): Error =>
  Object.assign(new Error(message, { cause }), {
    request: { headers: { authorization: 'Bearer hunter2' } },
    body: 'password=hunter2',
    toJSON: () => 'hunter2'
  })

describe('what is logged of an unexpected error', () => {
  test('is its stack and those of its causes, and none of their properties', () => {
    const text = logged(withRequest('no answer', withRequest('no route')))
    expect(text).toMatch(/^Error: no answer\n {4}at [^]*\ncaused by Error: no route\n {4}at /)
    expect(text).not.toContain('hunter2')
  })

  test.each([[{ password: 'hunter2' }], ['hunter2'], [() => 'hunter2'], [null]])(
    'is only its type where %p is thrown, which is no error',
    thrown => {
      expect(logged(thrown)).toBe(`a thrown ${typeof thrown}`)
      expect(logged(new Error('no answer', { cause: thrown }))).toMatch(`\ncaused by a thrown ${typeof thrown}`)
    }
  )

  test('is its name and message where it has no stack', () => {
    const error = withRequest('no answer')
    delete error.stack
    expect(logged(error)).toBe('Error: no answer')
  })

  test('ends where an error causes itself', () => {
    const error = new Error('again')
    error.cause = error
    expect(logged(error).match(/Error: again/g)).toHaveLength(8)
  })
})
