import { connect, type Socket } from 'node:net'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { send } from '../../scripts/contract-tests/client.js'
import type { ReceivedFile } from '../../src/contract/index.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const answers = `responses: { '200': { description: Fine, content: { application/json: { schema: {} } } }, ${serverAnswers} }`
const operation = (name: string, content: string, security = '[]'): string => `
  /${name}:
    post:
      operationId: ${name}
      security: ${security}
      requestBody: { required: true, content: { ${content} } }
      ${answers}`

const file = `multipart/form-data: { schema: { type: object, properties: { file: {} } } }`
const contract = sampleContract(
  [
    operation('stream', `'*/*': { x-max-bytes: 1000 }`),
    operation('files', file),
    operation('held', `'*/*': {}`),
    operation('heldFiles', file.replace('schema', 'x-max-bytes: 100000000, schema')),
    operation('secret', `'*/*': {}`, '[{ key: [] }]'),
    operation('text', 'text/plain: {}')
  ].join(''),
  '  securitySchemes: { key: { type: apiKey, in: header, name: key } }'
)

const seen: unknown[] = []
const note = (error: unknown): never => {
  seen.push(error instanceof Error ? `${error.name}: ${error.message}` : error)
  throw error
}
const read = async (stream: Readable): Promise<number> => {
  let bytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length
    seen.push(bytes)
  }
  return bytes
}
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise(resolve => setImmediate(resolve))
}

let folder: string
const fine = (body: unknown) => ({ status: 200, body })
const operations = {
  stream: ({ body }: { body?: Readable }) => (body ? read(body).then(fine, note) : Promise.resolve(fine(0))),
  files: async (request: Record<string, unknown>) => {
    for await (const { stream } of request['files'] as AsyncIterable<ReceivedFile>) {
      seen.push('begun')
      await pipeline(stream, createWriteStream(join(folder, 'file'))).catch(note)
    }
    return fine('saved')
  },
  held: ({ body }: { body?: Readable }) =>
    new Promise<ReturnType<typeof fine>>(resolve => {
      seen.push('begun')
      body?.once('close', () => {
        seen.push('closed')
        resolve(fine('late'))
      })
    }),
  heldFiles: async (request: Record<string, unknown>) => {
    for await (const { stream } of request['files'] as AsyncIterable<ReceivedFile>) {
      seen.push('begun')
      await until(() => seen.includes('go'))
      return fine(await read(stream))
    }
    return fine('none')
  },
  secret: () => Promise.resolve(fine('secret')),
  text: ({ body }: Record<string, unknown>) => Promise.resolve(fine(body))
}

let server: TestServer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bodies-'))
  const authenticate = () => Promise.resolve({ refusal: { status: 401, detail: 'no' } })
  server = await startSample(contract, operations, {
    security: { key: { kind: 'apiKey', refusals: [401], authenticate } }
  })
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

/** A client that writes as it likes. */
class Client {
  readonly socket: Socket = connect(server.port, '127.0.0.1')
  answer = ''

  constructor(path: string, ...headers: string[]) {
    seen.length = 0
    this.socket.setEncoding('latin1')
    this.socket.on('data', (data: string) => (this.answer += data)).on('error', () => undefined)
    this.socket.write([`POST /${path} HTTP/1.1`, 'Host: x', ...headers, '', ''].join('\r\n'))
  }

  async answered(): Promise<string> {
    await until(() => this.answer.includes('\r\n\r\n'))
    return this.answer
  }
}

const chunked = 'Transfer-Encoding: chunked'
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`
const multipart = 'Content-Type: multipart/form-data; boundary=x'
const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'

describe('a body that comes slowly', () => {
  test('is read as it comes, and its end is the end', async () => {
    const client = new Client('stream', 'Content-Length: 4')
    client.socket.write('ab')
    await until(() => seen.includes(2))
    client.socket.write('cd')
    expect(await client.answered()).toMatch(/^HTTP\/1\.1 200 [^]*\r\n\r\n4$/)
    client.socket.destroy()
  })

  test('is refused as soon as it is too large, whatever may still come', async () => {
    const client = new Client('stream', chunked)
    client.socket.write(chunk('x'.repeat(1000)))
    await until(() => seen.includes(1000))
    client.socket.write(chunk('x'))
    expect(await client.answered()).toMatch(/^HTTP\/1\.1 413 /)
    expect(seen.at(-1)).toBe('RefusedBodyError: The body is too large')
    client.socket.destroy()
  })

  test.each([
    ['stream', []],
    ['text', ['Content-Type: text/plain']],
    ['files', [multipart]]
  ])('is refused before anything of it has come, if %s says so', async (path, headers) => {
    const client = new Client(path, ...headers, 'Content-Length: 999999999', 'Expect: 100-continue')
    expect(await client.answered()).toMatch(/^HTTP\/1\.1 413 /)
    client.socket.destroy()
  })

  test('is asked for when it is read, and not of somebody who isn’t let in', async () => {
    const client = new Client('stream', 'Content-Length: 1', 'Expect: 100-continue')
    expect(await client.answered()).toBe('HTTP/1.1 100 Continue\r\n\r\n')
    client.socket.end('a')
    await until(() => client.answer.includes('200 OK'))
    const stranger = new Client('secret', 'Content-Length: 1', 'Expect: 100-continue')
    expect(await stranger.answered()).toMatch(/^HTTP\/1\.1 401 /)
    stranger.socket.destroy()
  })
})

test('a file comes no faster than it is read', async () => {
  const size = 40 * 1024 * 1024
  const end = '\r\n--x--\r\n'
  const client = new Client('heldFiles', multipart, `Content-Length: ${head.length + size + end.length}`)
  let isSent = false
  client.socket.write(head)
  client.socket.write(Buffer.alloc(size), () => (isSent = true))
  await until(() => seen.includes('begun'))
  for (let i = 0; i < 200; i += 1) await send(server.port, { path: '/' }) // in that time it would have come
  expect(isSent).toBe(false)
  seen.push('go')
  client.socket.write(end)
  expect(await client.answered()).toMatch(new RegExp(`^HTTP/1\\.1 200 [^]*\\r\\n\\r\\n${size}$`))
  client.socket.destroy()
})

describe('a client that stops within its body', () => {
  test.each<[string, string, string[], string]>([
    ['leaves', 'stream', ['Content-Length: 9'], 'ab'],
    ['leaves', 'files', [multipart, 'Content-Length: 999'], `${head}ab`]
  ])('and %s ends what is read of it with an error: %s', async (_what, path, headers, body) => {
    const client = new Client(path, ...headers)
    client.socket.write(body)
    await until(() => seen.includes(2) || seen.includes('begun'))
    client.socket.resetAndDestroy()
    await until(() => seen.some(one => String(one).startsWith('RefusedBodyError')))
    expect(seen.at(-1)).toBe('RefusedBodyError: The body has not come to its end')
  })

  test('and ends its side is answered 400', async () => {
    const client = new Client('stream', 'Content-Length: 9')
    client.socket.end('ab')
    expect(await client.answered()).toMatch(/^HTTP\/1\.1 400 /)
  })

  test('ends a body that nobody has begun to read', async () => {
    const client = new Client('held', 'Content-Length: 9')
    client.socket.write('ab')
    await until(() => seen.includes('begun'))
    client.socket.destroy()
    await until(() => seen.includes('closed'))
  })
})

test('nothing of it is logged: clients leave all the time', () => {
  expect(server.log).toEqual([])
})
