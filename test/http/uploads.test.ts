import { connect } from 'node:net'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { ReceivedFile } from '../../src/contract/index.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const operation = (name: string, mediaType: string): string => `
  /${name}:
    post:
      operationId: ${name}
      security: []
      requestBody: { content: { ${mediaType} } }
      responses: { '200': { description: Fine, content: { application/json: { schema: {} } } }, ${serverAnswers} }`
const form = 'multipart/form-data: { schema: { type: object, properties: { title: { type: string }, file: {} } } }'
const contract = sampleContract(
  operation('stream', 'image/png: {}') +
    operation('files', form) +
    operation('unread', 'image/png: {}') +
    operation('answered', 'image/png: {}') +
    operation('json', 'application/json: {}')
)

const lengthOf = async (stream: Readable): Promise<number> => {
  let bytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) bytes += chunk.length
  return bytes
}

let server: TestServer
beforeAll(async () => {
  server = await startSample(
    contract,
    {
      stream: async ({ body }) => ({ status: 200, body: await lengthOf(body as Readable) }),
      files: async ({ files }) => {
        let bytes = 0
        for await (const { stream } of files as AsyncIterable<ReceivedFile>) bytes += await lengthOf(stream)
        return { status: 200, body: bytes }
      },
      unread: () => new Promise(() => undefined),
      answered: () => Promise.resolve({ status: 200, body: 'early' }),
      json: () => Promise.resolve({ status: 200, body: 'json' })
    },
    {
      timeouts: { headersTimeout: 300, requestTimeout: 300, connectionsCheckingInterval: 20 },
      patience: 600
    }
  )
})
afterAll(() => server.close())

const pieces = 30
const head = (path: string, type: string, length: number): string =>
  `POST /${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`

/** Sends a body in as many pieces, each 50 ms after the one before: 1.5 s in all. Gives what comes back, and how many left. */
const upload = (path: string, type: string, piece: Buffer, before = '', after = '') =>
  new Promise<{ readonly answer: string; readonly sent: number }>(resolve => {
    let answer = ''
    let sent = 0
    const length = before.length + pieces * piece.length + after.length
    const socket = connect(server.port, '127.0.0.1', () => socket.write(head(path, type, length) + before))
    const timer = setInterval(() => {
      if (sent === pieces) return
      sent += 1
      socket.write(piece)
      if (sent === pieces) socket.write(after)
    }, 50)
    socket.setEncoding('latin1').on('data', (data: string) => (answer += data))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearInterval(timer)
      resolve({ answer, sent })
    })
  })

const quick = Buffer.alloc(8 * 1024, 'x')
const slow = Buffer.from('x')
const boundary = 'multipart/form-data; boundary=x'
const field = '--x\r\nContent-Disposition: form-data; name="title"\r\n\r\n'
const file = `${field}a\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n`
const end = '\r\n--x--\r\n'

test.each([
  ['in a stream', 'stream', 'image/png', '', ''],
  ['in a form with files', 'files', boundary, file, end],
  ['in a field before them', 'files', boundary, field, end]
])('an upload %s that keeps coming may take longer than others', async (_name, path, type, before, after) => {
  const { answer, sent } = await upload(path, type, quick, before, after)
  expect(sent).toBe(pieces)
  expect(answer).toMatch(/^HTTP\/1\.1 200 /)
  expect(answer.endsWith(`\r\n\r\n${before === field ? 0 : pieces * quick.length}`)).toBe(true)
})

test.each([
  ['a stream', 'stream', 'image/png', ''],
  ['a form with files', 'files', boundary, file]
])('%s that comes in drops is given up: 408', async (_name, path, type, before) => {
  const { answer, sent } = await upload(path, type, slow, before)
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(sent).toBeLessThan(pieces)
})

test('a body of another kind has to be there in time, however fast it comes', async () => {
  const { answer, sent } = await upload('json', 'application/json', quick)
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(sent).toBeLessThan(pieces / 2)
})

test('a handler that reads nothing is late all the same: 503', async () => {
  const { answer } = await upload('unread', 'image/png', quick)
  expect(answer).toMatch(/^HTTP\/1\.1 503 /)
  expect(server.log.splice(0)).toHaveLength(1)
})

test('what still comes after the reply isn’t waited for', async () => {
  const { answer, sent } = await upload('answered', 'image/png', quick)
  expect(answer).toMatch(/^HTTP\/1\.1 200 [^]*"early"$/)
  expect(sent).toBeLessThan(pieces)
})
