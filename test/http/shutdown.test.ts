import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { createAppServer, production } from '../../src/app.js'
import type { Reply } from '../../src/contract/index.js'
import { stopServer } from '../../src/http/shutdown.js'
import type { TurnServer } from '../../src/http/turn-server.js'
import { detailProblems as problems } from '../support/login.js'
import { sampleContract, serverAnswers } from '../support/sample.js'
import { listenAnywhere } from '../support/server.js'

const operation = (operationId: string) =>
  `{ get: { operationId: ${operationId}, responses: { '200': { description: x }, ${serverAnswers} } } }`
const contract = sampleContract(`
  /quick: ${operation('quick')}
  /never: ${operation('never')}
`)
const operations = {
  quick: () => Promise.resolve<Reply>({ status: 200 }),
  never: () => new Promise<Reply>(() => undefined)
}

let server: TurnServer
let port: number
const sockets: Socket[] = []
const start = async (): Promise<void> => {
  const handlers = { operations, security: {} }
  server = createAppServer({ contract, handlers, services: {}, problems, log: () => undefined, mode: production })
  port = (await listenAnywhere(server)).port
}
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
  server.close()
})

/** A connection, and what came back on it. */
const open = async () => {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1')
  sockets.push(socket)
  let received = ''
  socket.on('data', (text: string) => (received += text)).on('error', () => undefined)
  await once(socket, 'connect')
  const replies = (): string[] => received.split(/(?=HTTP\/1\.1)/).filter(text => text !== '')
  const until = async (count: number): Promise<void> => {
    while (replies().length < count) await once(socket, 'data')
  }
  return { socket, replies, until, ended: once(socket, 'close') }
}
const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`
const times = { drain: 0, quiet: 50, limit: 9000, problems, status: () => 503 as const }

test('while a server drains, it serves on, new connections too, and each reply ends its connection', async () => {
  await start()
  const kept = await open()
  kept.socket.write(get('/quick'))
  await kept.until(1)
  expect(kept.replies()[0]).toMatch(/^Connection: keep-alive\r$/m)
  const stopped = stopServer(server, { ...times, drain: 300 })
  const fresh = await open()
  for (const [client, count] of [
    [kept, 2],
    [fresh, 1]
  ] as const) {
    client.socket.write(get('/quick'))
    await client.ended
    expect(client.replies()).toHaveLength(count)
    expect(client.replies().at(-1)).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*^Connection: close\r$/m)
  }
  await stopped
})

test('a reply that is waited for ends its connection, too, and requests that had come before it are answered', async () => {
  await start()
  const client = await open()
  client.socket.write(get('/quick').repeat(20))
  await client.until(1)
  await stopServer(server, times)
  await client.ended
  expect(client.replies()).toHaveLength(20)
  expect(client.replies().map(reply => /^Connection: (\S+)/m.exec(reply)?.[1])).toEqual([
    ...new Array<string>(19).fill('keep-alive'),
    'close'
  ])
})

test('a connection that is idle is ended when nothing has come for a while, and not before', async () => {
  await start()
  const [busy, idle, silent] = [await open(), await open(), await open()]
  for (const { socket } of [busy, idle]) socket.write(get('/quick'))
  await Promise.all([busy.until(1), idle.until(1)])
  const began = performance.now()
  const stopped = stopServer(server, { ...times, quiet: 400 })
  setTimeout(() => busy.socket.write(get('/quick')), 200)
  await busy.ended
  expect(busy.replies()).toHaveLength(2)
  await Promise.all([idle.ended, silent.ended, stopped])
  expect(performance.now() - began).toBeGreaterThanOrEqual(400)
})

test('a request whose head is on its way is waited for', async () => {
  await start()
  const client = await open()
  client.socket.write(get('/quick').slice(0, 20))
  const other = await open()
  other.socket.write(get('/quick'))
  await other.until(1)
  const stopped = stopServer(server, times)
  setTimeout(() => client.socket.write(get('/quick').slice(20)), 300)
  await client.ended
  expect(client.replies()).toEqual([expect.stringMatching(/^HTTP\/1\.1 200/)])
  await stopped
})

test.each([500, 503] as const)('a request without a reply at the end of the time gets a %d', async status => {
  await start()
  const client = await open()
  client.socket.write(get('/never'))
  await stopServer(server, { ...times, limit: 200, status: () => status })
  await client.ended
  expect(client.replies()).toEqual([
    expect.stringMatching(new RegExp(`^HTTP/1.1 ${status} [^]*^Connection: close\r$`, 'm'))
  ])
})
