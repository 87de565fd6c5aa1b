import { describe, expect, test } from '@jest/globals'
import { Evaluated } from '../../src/contract/schema/evaluated.js'
import { Evaluator } from '../../src/contract/schema/evaluator.js'
import { sendable, undeclaredIn } from '../../src/contract/schema/sendable.js'

const alternative = (op: object, more: object = {}): object => ({
  type: 'object',
  properties: { left: { $ref: '#/T' }, op, ...more },
  required: ['op']
})

const evaluatorOf = (keyword: string, ...alternatives: readonly object[]): Evaluator =>
  new Evaluator({ T: { [keyword]: [...alternatives, { type: 'integer' }] } })

const nested = (depth: number, leaf: unknown): unknown => {
  let value = leaf
  for (let level = 0; level < depth; level += 1) value = { left: value, op: 'mul' }
  return value
}

const within = <T>(ms: number, work: () => T): T => {
  const started = performance.now()
  const result = work()
  expect(performance.now() - started).toBeLessThan(ms)
  return result
}

// Each level would be looked at twice as often as the one around it: 2 ** 200 times.
describe('a value of 200 levels is looked at in bounded time where two alternatives lead back to the schema', () => {
  const either = evaluatorOf('oneOf', alternative({ const: 'add' }), alternative({ const: 'mul' }))

  test('when it is valid, and when it is not', () => {
    expect(within(2_000, () => either.isValid('/T', nested(200, 1)))).toBe(true)
    expect(within(2_000, () => either.isValid('/T', nested(200, 'x')))).toBe(false)
  })

  test('when what is wrong is told, with the way to it', () => {
    expect(within(2_000, () => either.violations('/T', nested(200, 'x'))).length).toBeGreaterThan(0)
    const near = either.violations('/T', nested(2, 'x'))
    expect(near).toContainEqual(expect.objectContaining({ path: ['left', 'left'], rule: '/T/oneOf/2/type' }))
    expect(new Set(near.map(one => one.path)).size).toBe(near.length)
  })

  test('when defaults are filled in', () => {
    const both = evaluatorOf(
      'anyOf',
      alternative({ type: 'string' }, { a: { default: 1 } }),
      alternative({ enum: ['mul'] }, { b: { default: 2 } })
    )
    within(5_000, () => both.receiver('/T')(nested(200, 1)))
    const filled = { op: 'mul', a: 1, b: 2 }
    expect(both.receiver('/T')(nested(2, 1))).toEqual({ value: { ...filled, left: { ...filled, left: 1 } } })
  })

  test('when it is trimmed, each part by what was said of it alone', () => {
    const { checks } = evaluatorOf(
      'anyOf',
      alternative({ type: 'string' }, { a: {} }),
      alternative({ const: 'mul' }, { b: {} })
    )
    const shared = { op: 'mul', a: 1, b: 2, c: 3 }
    const other = { op: 'add', a: 1, b: 2, left: shared }
    const trimmed = (value: unknown): unknown => {
      const evaluated = new Evaluated(true)
      expect(checks.of('/T')(value, undefined, evaluated)).toBe(true)
      expect(undeclaredIn(value, evaluated)).toBeDefined()
      return sendable(value, evaluated)
    }
    expect(trimmed({ op: 'mul', left: other })).toEqual({
      op: 'mul',
      left: { op: 'add', a: 1, left: { op: 'mul', a: 1, b: 2 } }
    })
  })

  test('and it is looked at anew when it has changed', () => {
    const value = { op: 'mul', left: 1 as unknown }
    expect(either.isValid('/T', value)).toBe(true)
    value.left = 'x'
    expect(either.isValid('/T', value)).toBe(false)
  })
})
