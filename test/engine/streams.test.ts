/** Replies that come bit by bit. */
import { createReadStream } from 'node:fs'
import { PassThrough, Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { production } from '../../src/app.js'
import type { Reply } from '../../src/contract/index.js'
import { send } from '../../scripts/contract-tests/client.js'
import { stackOf } from '../support/keep-log.js'
import { ask, eventually } from '../support/raw-client.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const contract = sampleContract(`
  /thing:
    get:
      operationId: readThing
      security: []
      responses:
        '200':
          description: A thing
          content:
            image/png: {}
            text/csv: { schema: { type: string } }
            application/jsonl: { schema: { type: object } }
            application/json: { schema: { type: object } }
            application/xml: { schema: { type: object } }
        '204': { description: Nothing }
        ${serverAnswers.split(', ').join('\n        ')}
  /late: { get: { operationId: late, security: [], responses: { '200': { description: x, content: { image/png: {} } } } } }`)

let reply: (signal: AbortSignal) => Partial<Reply>
const tooLate = new PassThrough()
let lateBody: () => unknown = () => tooLate
let [begun, replied] = [0, 0]
let server: TestServer
beforeAll(async () => {
  const readThing = ({ signal }: Record<string, unknown>) =>
    Promise.resolve({ status: 200, mediaType: 'image/png', ...reply(signal as AbortSignal) })
  const late = async ({ signal }: Record<string, unknown>) => {
    begun += 1
    await new Promise(resolve => (signal as AbortSignal).addEventListener('abort', resolve))
    replied += 1
    return { status: 200, body: lateBody() }
  }
  const patience = { patience: 1_000, connections: { unread: 1_000 } }
  server = await startSample(contract, { readThing, late }, { ...patience, mode: { ...production, reasons: true } })
})
afterAll(() => server.close())
afterEach(() => {
  expect(server.log.splice(0)).toEqual([])
})
const logged = (): string => {
  const lines = server.log.splice(0)
  expect(lines).toHaveLength(1)
  return stackOf(lines[0])
}

const chunks = ['first ', 'second ', 'third']
async function* each<T>(items: readonly T[]) {
  for (const item of items) yield await Promise.resolve(item)
}
const bytes = () => each(chunks.map(chunk => Buffer.from(chunk)))
const whole = chunks.join('')

describe('bytes and texts leave as they are', () => {
  const webStream = () => {
    const all = chunks.map(chunk => Buffer.from(chunk))
    return new ReadableStream<Uint8Array>({
      pull: controller => {
        const next = all.shift()
        if (next) controller.enqueue(next)
        else controller.close()
      }
    })
  }
  test.each<[string, () => Partial<Reply>]>([
    ['a Buffer', () => ({ body: Buffer.from(whole) })],
    ['a Uint8Array', () => ({ body: new TextEncoder().encode(whole) })],
    ['an async iterable of bytes', () => ({ body: bytes() })],
    ['a stream of Node', () => ({ body: Readable.from(bytes()) })],
    ['a stream of the web', () => ({ body: webStream() })],
    ['a text', () => ({ mediaType: 'text/csv', body: whole })],
    ['an async iterable of texts', () => ({ mediaType: 'text/csv', body: each(chunks) })],
    ['a text from a stream of bytes', () => ({ mediaType: 'text/csv', body: Readable.from(bytes()) })],
    ['lines of JSON', () => ({ mediaType: 'application/jsonl', body: each(chunks) })],
    ['XML', () => ({ mediaType: 'application/xml', body: whole })]
  ])('%s', async (_name, made) => {
    reply = made
    const { status, text } = await send(server.port, { path: '/thing' })
    expect([status, text]).toEqual([200, whole])
  })

  test('in chunks, without a length', async () => {
    reply = () => ({ body: bytes() })
    const { headers } = await send(server.port, { path: '/thing' })
    expect([headers['transfer-encoding'], headers['content-length']]).toEqual(['chunked', undefined])
  })

  test('with a length, if the handler knows it', async () => {
    reply = () => ({ body: bytes(), length: whole.length })
    const { headers, text } = await send(server.port, { path: '/thing' })
    expect([headers['transfer-encoding'], headers['content-length'], text]).toEqual([undefined, '18', whole])
  })

  test('without chunks to clients of HTTP/1.0, whatever they say they take', async () => {
    reply = () => ({ body: bytes() })
    const client = await ask(server.port, '/thing', { version: '1.0', headers: 'TE: chunked\r\n' })
    expect(await client.closed).toBe('ended')
    const [head, body] = client.received().split('\r\n\r\n')
    expect([/transfer-encoding/i.test(head ?? ''), body]).toEqual([false, whole])
  })

  test('an empty one is empty', async () => {
    reply = () => ({ body: each([]) })
    expect(await send(server.port, { path: '/thing' })).toMatchObject({ status: 200, text: '' })
  })

  test('the connection is kept for the next request', async () => {
    reply = () => ({ body: bytes() })
    const client = await ask(server.port, '/thing')
    await client.until(/0\r\n\r\n$/)
    client.socket.write('GET /thing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    expect(await client.closed).toBe('ended')
    expect(client.received().match(/HTTP\/1\.1 200/g)).toHaveLength(2)
  })
})

describe('what is neither is a 500, and is never written as something else', () => {
  test.each<[string, Partial<Reply>, RegExp]>([
    ['an object for bytes', { body: { a: 1 } }, /isn't made of bytes/],
    ['a text for bytes', { body: 'a' }, /isn't made of bytes/],
    ['nothing for bytes', {}, /isn't made of bytes/],
    ['an object for text', { mediaType: 'text/csv', body: { a: 1 } }, /isn't text/],
    ['a stream for JSON', { mediaType: 'application/json', body: each([1]) }, /JSON is not written bit by bit/],
    ['a first chunk of text for bytes', { body: each(['a']) }, /isn't made of bytes/],
    ['a first chunk that is an object', { mediaType: 'text/csv', body: each([{ a: 1 }]) }, /isn't text/]
  ])('%s', async (_name, made, why) => {
    reply = () => made
    const { status, json } = await send(server.port, { path: '/thing' })
    expect([status, json]).toEqual([500, { detail: expect.stringMatching(why) }])
    expect(logged()).toMatch(why)
  })
})

describe('a source is closed', () => {
  let closed = 0
  async function* endless(chunk = Buffer.alloc(64 * 1024)) {
    try {
      for (;;) yield await Promise.resolve(chunk)
    } finally {
      closed += 1
    }
  }
  const webStream = () =>
    new ReadableStream<Uint8Array>({
      pull: controller => controller.enqueue(new Uint8Array(1024)),
      cancel: () => void (closed += 1)
    })
  const nodeStream = () => Readable.from(endless())

  test.each<[string, () => unknown]>([
    ['an iterator', endless],
    ['a stream of Node', nodeStream],
    ['a stream of the web', webStream]
  ])('when the client leaves: %s', async (_name, made) => {
    let signal: AbortSignal | undefined
    reply = its => {
      signal = its
      return { body: made() }
    }
    for (const leave of ['destroy', 'end'] as const) {
      closed = 0
      const client = await ask(server.port, '/thing')
      await client.until(/\r\n\r\n./s)
      client.socket[leave]()
      await eventually(() => closed === 1 && signal?.aborted === true)
      client.socket.destroy()
    }
  })

  test('when the client leaves while nothing comes', async () => {
    const source = new PassThrough()
    reply = () => ({ body: source })
    source.write('a')
    const client = await ask(server.port, '/thing')
    await client.until(/\r\n\r\n./s)
    client.socket.destroy()
    await eventually(() => source.destroyed)
  })

  test('when the client leaves before the first chunk', async () => {
    const source = new PassThrough()
    reply = () => ({ body: source })
    const client = await ask(server.port, '/thing')
    await eventually(() => source.listenerCount('readable') > 0)
    client.socket.destroy()
    await eventually(() => source.destroyed)
  })

  test('when its status is one that has no body', async () => {
    closed = 0
    const source = nodeStream()
    reply = () => ({ status: 204, body: source, length: 7 })
    const { status, text, headers } = await send(server.port, { path: '/thing' })
    expect([status, text, headers['content-length']]).toEqual([204, '', undefined])
    expect(source.destroyed).toBe(true)
  })

  test('when the client has left before there is a reply: it is not even begun', async () => {
    let isRead = false
    async function* once() {
      isRead = true
      yield await Promise.resolve(Buffer.from('a'))
    }
    const locked = new ReadableStream()
    locked.getReader()
    for (const body of [once(), locked]) {
      lateBody = () => body
      const [before, after] = [begun, replied]
      const client = await ask(server.port, '/late')
      await eventually(() => begun > before)
      client.socket.destroy()
      await eventually(() => replied > after)
    }
    lateBody = () => tooLate
    reply = () => ({ body: bytes() })
    expect((await send(server.port, { path: '/thing' })).text).toBe(whole) // and the server goes on
    expect(isRead).toBe(false)
  })

  test('when the client does not read: it is closed as any other', async () => {
    closed = 0
    reply = () => ({ body: endless() })
    const client = await ask(server.port, '/thing')
    client.socket.pause()
    await eventually(() => closed === 1)
    client.socket.resume()
    await client.closed
  })
})

test('no more is read than the client takes', async () => {
  const size = 64 * 1024
  let made = 0
  async function* many() {
    for (; made < 10_000; made += 1) yield await Promise.resolve(Buffer.alloc(size))
  }
  reply = () => ({ body: many() })
  const client = await ask(server.port, '/thing')
  client.socket.pause()
  let before = -1
  while (made !== before || made === 0) {
    before = made
    await new Promise(resolve => setTimeout(resolve, 100)) // nothing tells that nothing happens
  }
  expect(made * size).toBeLessThan(64 * 1024 * 1024)
  client.socket.destroy()
})

test('a client that has been slow once is not closed for what does not come', async () => {
  const source = new PassThrough({ highWaterMark: 64 * 1024 * 1024 })
  reply = () => ({ body: source })
  source.write(Buffer.alloc(32 * 1024 * 1024))
  const client = await ask(server.port, '/thing')
  client.socket.pause()
  await new Promise(resolve => setTimeout(resolve, 600)) // so long that it is looked at, and not so long as is allowed
  client.socket.resume()
  await eventually(() => client.received().length > 32 * 1024 * 1024)
  await new Promise(resolve => setTimeout(resolve, 1_500)) // longer than a client may leave something unread
  source.end('last')
  await client.until(/last\r\n0\r\n\r\n$/)
  client.socket.destroy()
})

describe('an error', () => {
  let fail: () => void = () => undefined
  async function* failing(count: number) {
    const told = new Promise<void>(resolve => (fail = resolve))
    for (const chunk of chunks.slice(0, count)) yield Buffer.from(chunk)
    if (count > 0) await told
    throw new Error('The disk is gone')
  }

  test('in the middle breaks the connection, and is logged once', async () => {
    reply = () => ({ body: failing(2) })
    const client = await ask(server.port, '/thing')
    await client.until(/second/)
    fail()
    await client.closed
    expect(client.received()).not.toMatch(/0\r\n\r\n$/)
    expect(logged()).toMatch(/The disk is gone/)
  })

  test('in the middle resets the connection of a client of HTTP/1.0, which would take it for the end', async () => {
    reply = () => ({ body: failing(2) })
    const client = await ask(server.port, '/thing', { version: '1.0' })
    await client.until(/second/)
    fail()
    expect(await client.closed).toBe('reset')
    expect(logged()).toMatch(/The disk is gone/)
  })

  test('before the first chunk is a 500', async () => {
    reply = () => ({ body: failing(0) })
    expect((await send(server.port, { path: '/thing' })).status).toBe(500)
    expect(logged()).toMatch(/The disk is gone/)
  })

  test('for a file that is not there is a 500, too', async () => {
    reply = () => ({ body: createReadStream('/nowhere/at/all') })
    expect((await send(server.port, { path: '/thing' })).status).toBe(500)
    expect(logged()).toMatch(/ENOENT|a thrown object/) // jest's errors are of another realm
  })

  test.each([5, 50])('is that there are not the %d bytes that were said', async length => {
    reply = () => ({ body: bytes(), length })
    const client = await ask(server.port, '/thing', { headers: 'Connection: close\r\n' })
    await client.closed
    expect(logged()).toMatch(/the body has (?:less|more) than the \d+ bytes/)
  })

  test('of a stream that somebody else reads is a 500', async () => {
    const body = new ReadableStream<Uint8Array>()
    body.getReader()
    reply = () => ({ body })
    expect((await send(server.port, { path: '/thing' })).status).toBe(500)
    expect(logged()).toMatch(/locked|a thrown object/)
  })
})

test('the first chunk has to come within the time of a reply', async () => {
  const source = new PassThrough()
  reply = () => ({ body: source })
  expect((await send(server.port, { path: '/thing' })).status).toBe(503)
  expect(logged()).toMatch(/has not replied within 1 s/)
  await eventually(() => source.destroyed)
})

test('what a handler replies too late is closed', async () => {
  expect((await send(server.port, { path: '/late' })).status).toBe(503)
  expect(logged()).toMatch(/has not replied within 1 s/)
  await eventually(() => tooLate.destroyed)
})

test('the rest may take longer', async () => {
  async function* slow() {
    yield Buffer.from('a')
    await new Promise(resolve => setTimeout(resolve, 1_500)) // longer than a reply may take
    yield Buffer.from('b')
  }
  reply = () => ({ body: slow() })
  expect(await send(server.port, { path: '/thing' })).toMatchObject({ status: 200, text: 'ab' })
})

describe('lines of JSON are held to the schema of a line, if replies are strict', () => {
  const lines = sampleContract(`
  /lines: { get: { operationId: readLines, security: [], responses: { '200': { description: x, content: { application/x-ndjson: { schema: { type: object, required: [a], properties: { a: { type: integer } } } } } } } } }`)
  const textOf = async (body: unknown): Promise<string> => {
    const other = await startSample(lines, { readLines: () => Promise.resolve({ status: 200, body }) })
    const client = await ask(other.port, '/lines', { headers: 'Connection: close\r\n' })
    await client.closed
    await other.close()
    server.log.push(...other.log)
    return client.received()
  }

  test.each([['whole'], ['cut'], ['bytes']])('good ones leave: %s', async how => {
    const text = '{"a":1}\n{"a":2}\n\n{"a":3}'
    const bits = (text.match(/[^]/g) ?? []).map(one => (how === 'cut' ? one : Buffer.from(one)))
    expect(await textOf(how === 'whole' ? text : each<unknown>(bits))).toMatch(/200 OK/)
  })

  test.each([
    ['of another type', '{"a":"x"}\n', /must be integer/],
    ['undeclared', '{"a":1,"b":2}\n', /`\/b`, which isn't declared/],
    ['no JSON', '{"a":1}\n{"a":\n', /a line isn't JSON/],
    ['cut off', '{"a":1}\n{"a"', /a line isn't JSON/]
  ])('bad ones do not: %s', async (_name, text, why) => {
    expect(await textOf(text)).toMatch(/^HTTP\/1\.1 500/)
    expect(logged()).toMatch(why)
    expect(await textOf(each(text.match(/[^]/g) ?? []))).not.toMatch(/0\r\n\r\n$/)
    expect(logged()).toMatch(why)
  })
})

test('a file leaves as it is', async () => {
  const file = fileURLToPath(import.meta.url)
  reply = () => ({ mediaType: 'text/csv', body: createReadStream(file) })
  expect((await send(server.port, { path: '/thing' })).text).toContain('a file leaves as it is')
})
