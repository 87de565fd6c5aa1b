import { describe, expect, test } from '@jest/globals'
import { createLog, type LogOptions } from '../src/log.js'
import { logLine } from '../src/log-line.js'

/** What a log writes. */
const written = (options: Partial<LogOptions>, use: (log: ReturnType<typeof createLog>) => void): string[] => {
  const texts: string[] = []
  use(createLog({ level: 'info', stream: { write: text => texts.push(text) }, ...options }))
  return texts
}

/** A username that would like to be two lines, a red one among them, and facts of its own. */
const forged = 'eve\n{"level":"error","msg":"forged"}\r\u001b[31m\u009b32m\u2028\u202e outcome="accepted" \x7f'

// eslint-disable-next-line no-control-regex -- they are what must not be there
const steering = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]/

describe('a line for programs', () => {
  test('is one of JSON: the level, the time, the process, the message, and then the facts that there are', () => {
    const [line = '', ...others] = written({}, log => log('warn', 'slow', { a: 1.5, b: null, c: undefined, d: false }))
    expect(others).toEqual([])
    const form =
      /^\{"level":"warn","time":"(\d{4}-\d\d-\d\dT[\d:.]+Z)","pid":(\d+),"msg":"slow","a":1.5,"b":null,"d":false\}\n$/
    const [, time = '', pid] = form.exec(line) ?? []
    expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(60_000)
    expect(pid).toBe(String(process.pid))
  })

  test('has everything in its place, whatever a fact says', () => {
    const [line = '', ...others] = written({}, log => log('info', forged, { username: forged }))
    expect(others).toEqual([])
    expect(JSON.parse(line)).toMatchObject({ level: 'info', msg: forged, username: forged })
    expect(line.match(/\n/g)).toHaveLength(1)
    expect(line).not.toMatch(steering)
  })

  test.each([
    ['debug', ['debug', 'info', 'warn', 'error']],
    ['info', ['info', 'warn', 'error']],
    ['warn', ['warn', 'error']],
    ['error', ['error']]
  ] as const)('is not written if it matters less than %s', (level, expected) => {
    for (const readable of [false, true]) {
      const lines = written({ level, readable }, log => {
        for (const each of ['debug', 'info', 'warn', 'error'] as const) log(each, `it is ${each}`)
      })
      expect(lines.map(line => /it is (\w+)/.exec(line)?.[1])).toEqual(expected)
    }
  })
})

describe('a line for people', () => {
  const time = new Date(2026, 0, 2, 3, 4, 5)
  const line = (parts: Partial<Parameters<typeof logLine>[0]>): string =>
    logLine({ time, level: 'info', message: 'request', facts: {}, coloured: false, ...parts })

  test('has the time of the day, the message and the facts, and the level if it is worth a look', () => {
    const facts = { request: 'a-1', operationId: undefined, status: 200, milliseconds: 1.5, none: null }
    expect(line({ facts })).toBe('03:04:05 request request=a-1 status=200 milliseconds=1.5 none=null\n')
    expect(line({ level: 'debug' })).toBe('03:04:05 request\n')
    expect(line({ level: 'warn' })).toBe('03:04:05 warn request\n')
    expect(line({ level: 'error' })).toBe('03:04:05 error request\n')
  })

  test('has a stack below it, indented', () => {
    const facts = { stack: `Error: no\n    at x\n\u001b[31m03:04:05 forged`, status: 500 }
    expect(line({ level: 'error', facts })).toBe(
      '03:04:05 error request status=500\n    Error: no\n        at x\n    \\u001b[31m03:04:05 forged\n'
    )
  })

  test('has everything in its place, whatever a fact says', () => {
    const one = line({
      message: forged,
      facts: { username: forged, outcome: 'refused', empty: '', is: 'a=b', red: '\u001b[31m' }
    })
    expect(one.match(/\n/g)).toHaveLength(1)
    expect(one).not.toMatch(steering)
    expect(one).toMatch(
      / username="eve\\n\{\\"level\\":[^ ]+ outcome=\\"accepted\\" \\u007f" outcome=refused empty="" is="a=b" red="\\u001b\[31m"\n$/
    )
  })

  test('is coloured only if it is asked to be', () => {
    const facts = { status: 500 }
    expect(line({ level: 'error', facts, coloured: true })).toBe(
      '\u001b[2m03:04:05\u001b[22m \u001b[31merror\u001b[39m request \u001b[2mstatus=500\u001b[22m\n'
    )
    expect(line({ level: 'warn', coloured: true })).toContain('\u001b[33mwarn\u001b[39m')
  })
})
