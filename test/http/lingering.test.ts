import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readMe, startLogin } from '../support/login.js'
import type { TestServer } from '../support/server.js'

let server: TestServer
beforeAll(async () => {
  server = await startLogin()
})
afterAll(() => server.close())

/** Sends a request, goes on sending in small parts, and reads nothing until all is sent. */
const goOnSending = async (head: string): Promise<string> => {
  const socket = connect(server.port, '127.0.0.1').setEncoding('latin1')
  const errors: Error[] = []
  let received = ''
  socket.on('error', error => errors.push(error))
  const closed = new Promise(resolve => socket.once('close', resolve))
  await once(socket, 'connect')
  socket.write(head)
  for (let i = 0; i < 10; i += 1) {
    // Answered after what was sent before has been read: else it would be one part, which the server reads before it closes.
    await readMe(server.port, 'johndoe')
    socket.write('x'.repeat(1000))
  }
  socket.on('data', (text: string) => (received += text))
  await closed
  expect(errors).toEqual([])
  return received
}

test.each([
  ['a body that is turned away', 'POST /token HTTP/1.0\r\nContent-Encoding: x\r\nContent-Length: 100000\r\n\r\n', 415],
  ['what is no request', 'nonsense\r\n\r\n', 400],
  ['a coding without an end', 'POST /token HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "chunked"\r\n\r\n', 400],
  ['an expectation beside it', 'GET / HTTP/1.1\r\nHost: x\r\nExpect: x\r\nTransfer-Encoding: x\r\n\r\n', 417],
  ['a bad chunk of what nobody reads', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n', 404]
])('%s: the answer arrives, though the client goes on sending', async (_name, head, status) => {
  const before = 'GET /users/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer johndoe\r\n\r\n'
  const received = await goOnSending(before + before + head)
  expect([...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, code]) => Number(code))).toEqual([200, 200, status])
})

test('a client that never ends its side is closed a second later', async () => {
  const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true })
  socket.on('error', () => undefined).resume()
  socket.write('GET /users/me HTTP/1.0\r\n\r\n')
  await once(socket, 'end')
  const began = performance.now()
  while (!socket.destroyed) {
    socket.write('x')
    await sleep(20)
  }
  expect(performance.now() - began).toBeGreaterThan(500)
  expect(performance.now() - began).toBeLessThan(3_000)
})

test("a refusal of HTTP/2's preface, of which Node's parser tells again for what follows, arrives as well", async () => {
  const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
  expect(await goOnSending(`${preface}GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /)
})
