/** Streams of events (WHATWG HTML §9.2). */
import { on, EventEmitter } from 'node:events'
import { afterEach, describe, expect, test } from '@jest/globals'
import { type AppOptions, createAppServer, production } from '../../src/app.js'
import { stopServer } from '../../src/http/shutdown.js'
import type { TurnServer } from '../../src/http/turn-server.js'
import { keepLog, stackOf } from '../support/keep-log.js'
import { detailProblems as problems } from '../support/login.js'
import { ask, eventually, type RawClient } from '../support/raw-client.js'
import { sampleContract, serverAnswers } from '../support/sample.js'
import { listenAnywhere } from '../support/server.js'

const path = (name: string, schema: string): string => `
  /${name}: { get: { operationId: ${name}, security: [], responses: { '200': { description: Events, content: { text/event-stream: { ${schema} } } }, ${serverAnswers} } } }`
const tick = '{ type: object, required: [at], properties: { at: { type: integer, minimum: 1 } } }'
const event = `{ type: object, required: [event, data], properties: { event: { const: tick }, id: { type: string }, data: ${tick} } }`
const contract = sampleContract(
  [
    path('free', ''),
    path('text', 'schema: { type: string }'),
    path('ticks', `schema: ${tick}`),
    path('whole', `schema: { oneOf: [${event}, { $ref: '#/components/schemas/End' }] }`)
  ].join(''),
  `    End: { type: object, required: [event, data], properties: { event: { const: end }, data: { type: string } } }`
)

let server: TurnServer
const { log, lines } = keepLog()
const clients: RawClient[] = []
afterEach(() => {
  for (const { socket } of clients.splice(0)) socket.destroy()
  server.closeAllConnections()
  server.close()
  expect(lines.splice(0)).toEqual([])
})

type Handler = (request: { readonly signal: AbortSignal }) => AsyncIterable<unknown>

const open = async (
  name: string,
  handler: Handler,
  { strict = true, ...options }: Partial<AppOptions<unknown>> & { readonly strict?: boolean } = {}
): Promise<RawClient> => {
  const handle = (request: never) => Promise.resolve({ status: 200, body: handler(request) })
  const handlers = { operations: { free: handle, text: handle, ticks: handle, whole: handle }, security: {} }
  const mode = { ...production, strictReplies: strict }
  server = createAppServer({ contract, handlers, services: {}, problems, log, mode, ...options })
  const { port } = await listenAnywhere(server)
  const client = await ask(port, `/${name}`)
  clients.push(client)
  return client
}

async function* each(items: readonly unknown[]) {
  for (const item of items) yield await Promise.resolve(item)
}
const forever = new EventEmitter()
async function* endless({ signal }: { readonly signal: AbortSignal }, ended: () => void = () => undefined) {
  try {
    yield { data: 'first' }
    for await (const [data] of on(forever, 'data', { signal }) as AsyncIterable<[unknown]>) yield { data }
  } finally {
    ended()
  }
}

/** The chunks of a body, joined. */
const bodyOf = (received: string): string => {
  let [, rest = ''] = received.split(/\r\n\r\n([^]*)/, 2)
  let body = ''
  for (;;) {
    const [head, length] = /^([\da-f]+)\r\n/.exec(rest) ?? []
    if (head === undefined || length === undefined) return body
    body += rest.slice(head.length, head.length + parseInt(length, 16))
    rest = rest.slice(head.length + parseInt(length, 16) + 2)
  }
}
const whole = async (client: RawClient): Promise<string> => {
  await client.until(/\r\n0\r\n\r\n$/)
  return bodyOf(client.received())
}

describe('an event is written as it is', () => {
  test.each<[string, object, string]>([
    ['a text', { data: 'a' }, 'data: a\n\n'],
    ['an empty text', { data: '' }, 'data: \n\n'],
    ['lines', { data: 'a\nb\r\nc\rd' }, 'data: a\ndata: b\ndata: c\ndata: d\n\n'],
    ['JSON', { data: { a: [1, null] } }, 'data: {"a":[1,null]}\n\n'],
    ['a number', { data: 1 }, 'data: 1\n\n'],
    ['all of it', { event: 'e', id: '7', retry: 1500, data: ' a' }, 'event: e\nid: 7\nretry: 1500\ndata:  a\n\n']
  ])('%s', async (_name, one, text) => {
    expect(await whole(await open('free', () => each([one, one])))).toBe(text + text)
  })

  test('its head says what it is, and comes before there is any event', async () => {
    const client = await open('free', request => endless(request))
    await client.until(/\r\n\r\n/)
    const [head = ''] = client.received().split('\r\n\r\n')
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    for (const line of ['Content-Type: text/event-stream', 'Cache-Control: no-store', 'X-Accel-Buffering: no']) {
      expect(head.split('\r\n')).toContain(line)
    }
  })

  test('HTTP/1.0 gets it, too', async () => {
    await open('free', () => each([{ data: 'a' }]))
    const { port } = server.address() as { port: number }
    const client = await ask(port, '/free', { version: '1.0' })
    expect(await client.closed).toBe('ended')
    expect(client.received()).toMatch(/\r\n\r\ndata: a\n\n$/)
  })
})

describe('what is no event breaks the connection, and is logged once, with the place of the rule', () => {
  test.each<[string, string, unknown, RegExp]>([
    ['a line feed in its name', 'free', { event: 'a\nb', data: '' }, /the `event` of an event has a character/],
    ['a carriage return in its id', 'free', { id: 'a\rb', data: '' }, /the `id` of an event has a character/],
    ['a zero in its id', 'free', { id: 'a\0b', data: '' }, /the `id` of an event has a character/],
    ['a name that is no text', 'free', { event: 1, data: '' }, /the `event` of an event isn't text/],
    ['a fraction to wait', 'free', { retry: 1.5, data: '' }, /the `retry` of an event isn't a whole number/],
    ['a text', 'free', 'data: a\n\n', /the body is missing/],
    ['no data', 'text', { event: 'a' }, /the body is missing/],
    [
      'data that breaks its schema',
      'ticks',
      { data: { at: 0 } },
      /the body\/at must be >= 1: .*\/at\/minimum at openapi/
    ],
    ['data of another type', 'ticks', { data: 'a' }, /must be object/],
    ['data that is not declared', 'ticks', { data: { at: 1, secret: 1 } }, /`\/secret`, which isn't declared/],
    ['an event that breaks its schema', 'whole', { event: 'end', data: 1 }, /breaks the contract/],
    ['an event with more', 'whole', { event: 'end', data: '', retry: 1 }, /`\/retry`, which isn't declared/]
  ])('%s', async (_name, operation, item, why) => {
    const client = await open(operation, () => each([item]))
    await client.closed
    expect(client.received()).not.toMatch(/0\r\n\r\n$/)
    const logged = lines.splice(0)
    expect(logged).toHaveLength(1)
    expect(stackOf(logged[0])).toMatch(why)
    expect(stackOf(logged[0])).toMatch(new RegExp(`The 200 of operation ${operation} breaks the contract`))
  })
})

test('in production what the schema of the data does not declare is left out', async () => {
  const client = await open('ticks', () => each([{ id: '1', data: { at: 1, secret: 'x' } }]), { strict: false })
  expect(await whole(client)).toBe('id: 1\ndata: {"at":1}\n\n')
})

test('and what the schema of the event does not, if it is one', async () => {
  const items = [
    { event: 'tick', id: '1', data: { at: 1, secret: 'x' }, retry: 1 },
    { event: 'end', data: 'a\nb' }
  ]
  const client = await open('whole', () => each(items), { strict: false })
  expect(await whole(client)).toBe('event: tick\nid: 1\ndata: {"at":1}\n\nevent: end\ndata: a\ndata: b\n\n')
})

test('where nothing happens, comments keep it open, far longer than a reply may take', async () => {
  let isEnded = false
  const times = { heartbeat: 50, patience: 100, connections: { unread: 200 } }
  const client = await open('free', request => endless(request, () => (isEnded = true)), times)
  await client.until(/(?:3\r\n:\n\n\r\n){10}/)
  forever.emit('data', 'second')
  await client.until(/data: second/)
  client.socket.destroy()
  await eventually(() => isEnded)
})

test('when the client leaves, its signal is aborted and its iterator closed', async () => {
  let [isEnded, isAborted] = [false, false]
  const client = await open('free', request => {
    request.signal.addEventListener('abort', () => (isAborted = true))
    return endless(request, () => (isEnded = true))
  })
  await client.until(/data: first/)
  client.socket.end()
  await eventually(() => isEnded && isAborted)
})

const stop = { drain: 0, quiet: 5_000, limit: 9_000, problems, status: () => 503 as const }

describe('a stop of the server ends it in good order', () => {
  test('the iterator is closed, the last chunk is written, and the connection closed, at once', async () => {
    const seen: string[] = []
    const client = await open('free', request => {
      request.signal.addEventListener('abort', () => seen.push((request.signal.reason as Error).message))
      return endless(request, () => seen.push(client.received().endsWith('0\r\n\r\n') ? 'late' : 'closed'))
    })
    await client.until(/data: first/)
    const began = performance.now()
    await stopServer(server, stop)
    expect(performance.now() - began).toBeLessThan(4_000)
    expect(await client.closed).toBe('ended')
    expect(client.received()).toMatch(/data: first\n\n\r\n0\r\n\r\n$/)
    expect(seen).toEqual(['The server stops', 'closed'])
  })

  test('one whose source does not clean up is ended all the same', async () => {
    let returned = 0
    const client = await open('free', () => ({
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<never>(() => undefined),
        return: () => {
          returned += 1
          return new Promise<never>(() => undefined)
        }
      })
    }))
    await client.until(/\r\n\r\n/)
    await stopServer(server, stop)
    expect(client.received()).toMatch(/\r\n\r\n0\r\n\r\n$/)
    expect(returned).toBe(1)
  })

  test('while the server drains, it goes on', async () => {
    const client = await open('free', request => endless(request))
    await client.until(/data: first/)
    const stopped = stopServer(server, { ...stop, drain: 300 })
    forever.emit('data', 'second')
    await client.until(/data: second/)
    await stopped
    expect(client.received()).toMatch(/0\r\n\r\n$/)
  })
})
