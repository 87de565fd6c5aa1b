import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { AnswerReader } from '../../scripts/soak/answers.js'
import { escaped } from '../../scripts/soak/finding.js'
import type { Conversation, Step } from '../../scripts/soak/grammar/conversation.js'
import { Draft } from '../../scripts/soak/grammar/draft.js'
import { mustsOfLog } from '../../scripts/soak/leaks.js'
import { play } from '../../scripts/soak/play.js'
import { Random } from '../../scripts/soak/random.js'
import { readOptions } from '../../scripts/soak/options.js'
import { runScript } from './script.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'soak-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const soak = (...args: readonly string[]) => runScript('scripts/soak.ts', ['--seed', '5', '--only', 'fuzz', ...args])

test('the server stands random requests, and a page says so', async () => {
  const report = join(folder, 'report.html')
  const { code, output, errors } = await soak('--requests', '200', '--report', report)
  expect([code, errors]).toEqual([0, expect.stringContaining('fuzz, fake')])
  expect(output).toMatch(/^fuzz, fake +requests +[12]\d\d, .*\n.*wrong answers +none +none +ok$/m)
  const page = readFileSync(report, 'utf8')
  expect(page).toContain('wrong answers')
  expect(page).not.toMatch(/<script|<link|src=|url\(|https?:/)
})

describe('a server that is not as it should be is found out', () => {
  /** A server that answers each request in its own way: `answer` is a function of its code. */
  const faulty = (name: string, answer: string): string => {
    const file = join(folder, `${name}.mjs`)
    const code = `
import { createServer } from 'node:http'
const { HOST, PORT } = process.env
const answer = ${answer}
createServer(answer).listen(PORT, HOST, () => console.log(\`Listening on http://\${HOST}:\${PORT}\`))
`
    writeFileSync(file, code)
    return file
  }

  test.each([
    ['a wrong status', "(_, response) => response.writeHead(418).end('{}')", /the status is 418, not /],
    ['a fault of its own', '(_, response) => response.writeHead(500).end()', /the status is 500, not /],
    [
      'an answer inside an answer',
      "(request, response) => { request.socket.write('HTTP/1.1 200 OK\\r\\nContent-Length: 4\\r\\n\\r\\n'); response.end('x') }",
      /answer/
    ],
    ['a connection that is closed', '(request) => request.socket.destroy()', /before the answer to request 1/]
  ])('%s', async (name, answer, reason) => {
    const { code, output } = await soak('--requests', '50', '--modes', 'fake', '--server', faulty(name, answer))
    expect([code, output]).toEqual([1, expect.stringMatching(reason)])
    expect(output).toMatch(/ {2}sent:\n {4}.*HTTP\/1\.1\\r\\n/)
    expect(output).toMatch(/again: npm run soak -- --only fuzz --seed 5/)
    expect(output).toMatch(/^fuzz, fake +wrong answers +\d+ kinds +none +NOT OK$/m)
  })
})

describe('a conversation', () => {
  const step: Step = {
    head: 'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
    body: '',
    waits: false,
    isAsked: false,
    statuses: [200],
    closes: false,
    isHead: false,
    isBroken: false,
    allow: undefined,
    operation: undefined,
    reason: '',
    traits: []
  }
  const conversation: Conversation = { steps: [step, step], manner: 'at once', leaves: 'no', cuts: [] }
  const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'

  let server: Server | undefined
  afterEach(() => {
    server?.close()
  })
  /** Starts a server that writes `bytes` as soon as anything comes in, and then ends the connection or doesn't. */
  const playedWith = async (bytes: string, ends: boolean) => {
    server = createServer({ allowHalfOpen: true }, socket => {
      socket.on('error', () => undefined)
      socket.once('data', () => (ends ? socket.end(bytes) : socket.write(bytes)))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    return play((server.address() as AddressInfo).port, conversation, 300)
  }

  test('with an answer to each request has nothing wrong with it', async () => {
    expect((await playedWith(ok + ok, true)).problem).toBeUndefined()
  })

  test.each([
    ['too few answers', ok, true, 'closed before the answer to request 2 of 2'],
    ['no answer', ok, false, 'hung: no answer to request 2 of 2 within 0.3 s'],
    ['an end that never comes', ok + ok, false, 'hung: not closed within 0.3 s'],
    ['an answer too many', ok + ok + ok, true, 'an answer to no request'],
    ['bytes after the last answer', `${ok}${ok}x`, true, 'bytes that are part of no answer, or an answer that is cut'],
    [
      'an answer that is cut',
      `${ok}${ok.slice(0, -1)}`,
      true,
      'bytes that are part of no answer, or an answer that is cut'
    ],
    ['what is no answer', `${ok}nonsense`, true, 'bytes that are part of no answer, or an answer that is cut']
  ])('with %s has', async (_name, bytes, ends, problem) => {
    expect((await playedWith(bytes, ends)).problem).toBe(problem)
  })
})

describe('the reader of answers', () => {
  const read = (bytes: string, isHead = false) => {
    const reader = new AnswerReader()
    reader.add(bytes)
    return reader.next(isHead, false)
  }

  test('reads chunks', () => {
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'
    expect(read(`${head}3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n`)).toMatchObject({ status: 200, body: 'abcde', closes: false })
    expect(read(`${head}3\r\nabc\r\n`)).toBeUndefined()
  })

  test('knows that an answer to HEAD has no body, whatever its length says', () => {
    expect(read('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', true)?.body).toBe('')
  })

  test.each([
    ['another version', 'HTTP/1.0 200 OK\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}'],
    ['a length and chunks', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}'],
    ['a header that is none', 'HTTP/1.1 200 OK\r\nno colon\r\n\r\n'],
    ['a chunk that is too long', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n']
  ])('takes no %s', (_name, bytes) => {
    expect(() => read(bytes)).toThrow()
  })
})

describe('the grammar', () => {
  test('goes by what looks at a request first', () => {
    const draft = new Draft('POST', '/')
    draft.refuse('form', 'a form that breaks a rule', 422)
    expect([draft.statuses, draft.closes]).toEqual([[422], false])
    draft.refuse('length', 'too long', 413)
    draft.refuse('security', 'no token', 401)
    expect([draft.statuses, draft.reason]).toEqual([[401], 'no token'])
    draft.refuse('parser', 'no request', 400)
    expect([draft.statuses, draft.closes]).toEqual([[400], true])
  })

  test('knows that a body that ends wrongly may be noticed after the answer, unless it is read', () => {
    const draft = new Draft('GET', '/')
    draft.refuse('route', 'another path', 404)
    draft.breakBody('bad chunks', 400)
    expect([draft.statuses, draft.closes]).toEqual([[404, 400], undefined])
  })

  test('makes the same choices again of the same seed, and others of another', () => {
    const choices = (seed: number, index: number) => Random.of(seed, index).text(20)
    expect(choices(1, 2)).toBe(choices(1, 2))
    expect(new Set([choices(1, 2), choices(1, 3), choices(2, 2)]).size).toBe(3)
  })
})

test('bytes are shown so that they can be sent again', () => {
  expect(escaped('a\r\n\x00\\ä')).toBe('a\\r\\n\n\\x00\\\\\\xe4')
})

test('a secret, a token and a stack in the log are faults', () => {
  const printed = `canary\n    at f (file.js:1:2)\n`
  const kept = (text: string) => mustsOfLog('log', text, new Map([['canary', 'a password']])).map(one => one.isKept)
  expect([kept('fine\n'), kept(printed)]).toEqual([
    [true, true],
    [false, false]
  ])
  expect(kept(`eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqb2huZG9lIn0.c2lnbmF0dXJl\n`)).toEqual([false, true])
})

test('parts that are not there are not taken', () => {
  expect(() => readOptions(['--only', 'fuzz,nothing'])).toThrow(
    '--only: no nothing here; there are fuzz, greedy, stops, restarts.'
  )
  expect(readOptions(['--only', 'stops,fuzz'])?.only).toEqual(['fuzz', 'stops'])
})
