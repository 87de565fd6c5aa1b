import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sendBytes } from '../../scripts/contract-tests/client.js'
import type { Reply } from '../../src/contract/index.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const contract = sampleContract(`
  /slow/{name}:
    parameters: [{ name: name, in: path, required: true, schema: { type: string } }]
    get: { operationId: slow, responses: { '200': { description: x, content: { text/plain: {} } }, ${serverAnswers} } }
    post:
      operationId: take
      requestBody: { content: { application/json: {} } }
      responses: { '200': { description: x, content: { application/json: {} } }, ${serverAnswers} }
`)

const get = (name: string, headers = '') => `GET /slow/${name} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`
const post = (name: string, headers: string, body: string) =>
  `POST /slow/${name} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n\r\n${body}`

let inWork = 0
let most = 0
let served: string[] = []
const atWork = async (name: string, body: unknown): Promise<Reply> => {
  most = Math.max(most, (inWork += 1))
  served.push(name)
  await new Promise(resolve => setImmediate(resolve))
  inWork -= 1
  return { status: 200, body: name === 'big' ? 'x'.repeat(1024 * 1024) : (body ?? name) }
}

let server: TestServer
beforeAll(async () => {
  server = await startSample(
    contract,
    {
      slow: ({ params }) => atWork((params as { name: string }).name, undefined),
      take: ({ params, body }) => atWork((params as { name: string }).name, body)
    },
    { connections: { byAddress: 20, unread: 400 } }
  )
})
afterAll(() => server.close())
beforeEach(() => {
  most = 0
  served = []
})
const open: Socket[] = []
afterEach(async () => {
  for (const socket of open.splice(0)) {
    if (socket.closed) continue
    socket.destroy()
    await once(socket, 'close')
  }
})

const opened = async (): Promise<Socket> => {
  const socket = connect(server.port, '127.0.0.1')
  open.push(socket)
  await once(socket, 'connect')
  return socket
}

const bodies = (answers: string): string[] =>
  answers
    .split(/HTTP\/1\.1 /)
    .slice(1)
    .map(one => one.slice(0, 3) + one.slice(one.indexOf('\r\n\r\n') + 2).trim())

describe('pipelined requests', () => {
  test('are answered in order, one in work at a time', async () => {
    const names = Array.from({ length: 300 }, (_, index) => String(index))
    const bytes = names.map(name => get(name)).join('') + get('last', 'Connection: close\r\n')
    const answers = await sendBytes(server.port, bytes)
    expect([...answers.matchAll(/\r\n\r\n(\w+?)(?=HTTP|$)/g)].map(([, body]) => body)).toEqual([...names, 'last'])
    expect(most).toBe(1)
  })

  test.each([1, 2, 3, 7, 50, 10_000])('may come in pieces of %i bytes, with and without bodies', async size => {
    const chunked = '3\r\n"a4\r\n4\r\nbcd"\r\n0\r\n\r\n'
    const bytes =
      get('a') +
      post('b', 'Content-Length: 8', '"\\r\\n\\r"') +
      post('c', 'Transfer-Encoding: chunked', chunked) +
      post('d', 'Content-Length: 3', '"d"') +
      post('e', 'Content-Length: 10', '[\r\n\r\n\r\n1\n]') +
      get('f', 'Connection: close\r\n')
    const socket = await opened()
    let answers = ''
    socket.setEncoding('latin1').on('data', (text: string) => (answers += text))
    for (let at = 0; at < bytes.length; at += size) {
      socket.write(bytes.slice(at, at + size))
      if (size < 10) await new Promise(resolve => setImmediate(resolve))
    }
    await once(socket, 'close')
    expect(bodies(answers).map(one => one.replaceAll(/\s/g, ''))).toEqual([
      '200a',
      String.raw`200"\r\n\r"`,
      '200"a4bcd"',
      '200"d"',
      '200[1]',
      '200f'
    ])
    expect([served.join(''), most]).toEqual(['abcdef', 1])
  })

  test.each([
    ['of a head', post('a', 'Content-Length: 202', JSON.stringify('x'.repeat(200))), 'Content-Length: 202\r\n'],
    [
      'of chunks',
      post('a', 'Transfer-Encoding: chunked', '3\r\n"a"\r\n0\r\n\r\n') +
        post('b', 'Content-Length: 202', JSON.stringify('x'.repeat(200))),
      '"a"\r\n0\r\n'
    ]
  ])('are all answered if the empty line at the end %s is cut in two', async (_name, first, cut) => {
    const socket = await opened()
    const closed = once(socket, 'close')
    let answers = ''
    socket
      .setNoDelay()
      .setEncoding('latin1')
      .on('data', (text: string) => (answers += text))
    const at = first.indexOf(cut) + cut.length
    const gets = get('c').repeat(6) + get('d', 'Connection: close\r\n')
    for (const bytes of [first.slice(0, at), first.slice(at), gets]) {
      socket.write(bytes)
      for (let turn = 0; turn < 20; turn += 1) await new Promise(resolve => setImmediate(resolve))
    }
    await closed
    expect(answers.match(/HTTP\/1\.1 200/g)?.length).toBe(first.match(/POST/g)?.length === 2 ? 9 : 8)
  })

  test('are answered behind a request for an upgrade that nobody offers', async () => {
    const upgrade = get('a', 'Connection: Upgrade\r\nUpgrade: h2c\r\n')
    const socket = await opened()
    const closed = once(socket, 'close')
    let answers = ''
    socket.setNoDelay().on('data', (bytes: Buffer) => (answers += bytes.toString()))
    const bytes = upgrade + get('b', 'Connection: close\r\n')
    socket.write(bytes.slice(0, upgrade.length + 10))
    for (let turn = 0; turn < 20; turn += 1) await new Promise(resolve => setImmediate(resolve))
    socket.write(bytes.slice(upgrade.length + 10))
    await closed
    expect(bodies(answers)).toEqual(['200a', '200b'])
  })

  test('wait as bytes, and no more than some KiB of them are read', async () => {
    const before = process.memoryUsage().rss
    const sockets = await Promise.all(Array.from({ length: 15 }, opened))
    for (const socket of sockets)
      socket.pause().write(get('big').repeat(100_000 / get('big').length) + get('x').repeat(50_000))
    while (served.length < 15) await new Promise(resolve => setImmediate(resolve))
    expect(await sendBytes(server.port, get('other', 'Connection: close\r\n'))).toMatch(/other$/)
    expect(most).toBeLessThanOrEqual(16)
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024)
  })
})

test('a client that leaves its reply unread is closed, whatever it goes on sending', async () => {
  const socket = await opened()
  const idle = await opened()
  const failed = once(socket, 'error')
  socket.pause().write(get('big').repeat(100))
  const started = performance.now()
  const sending = setInterval(() => socket.write(get('x')), 20)
  await failed // there is nobody to write to
  clearInterval(sending)
  expect(performance.now() - started).toBeGreaterThan(400)
  expect(idle.closed).toBe(false)
})

test('of more connections from one address than may be, the last are closed at once, and there is room again', async () => {
  const sockets = await Promise.all(Array.from({ length: 20 }, opened))
  const surplus = await opened()
  await once(surplus, 'close')
  expect(sockets.filter(socket => socket.closed)).toEqual([])
  sockets[0]?.end()
  let answer = ''
  while (answer === '') answer = await sendBytes(server.port, get('again', 'Connection: close\r\n')).catch(() => '')
  expect(answer).toMatch(/again$/)
})
