import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import { type Connection, openConnection } from '../../scripts/bench/real/connection.js'

let server: Server
let connection: Connection

/** A connection to a server that does this with what it receives. */
const connectTo = async (answer: (socket: Socket, request: string) => void): Promise<Connection> => {
  server = createServer(socket => socket.setEncoding('latin1').on('data', text => answer(socket, String(text))))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  connection = await openConnection((server.address() as AddressInfo).port)
  return connection
}

afterEach(() => {
  connection.close()
  server.close()
})

test('an answer is whole when its last byte has come, and the connection takes the next request', async () => {
  const parts = ['HTTP/1.1 400 Bad', ' Request\r\nContent-Length: 4\r\n', '\r\nab', 'cd']
  const send = (socket: Socket, [first, ...others]: readonly string[]): void => {
    if (first !== undefined) socket.write(first, () => setImmediate(() => send(socket, others)))
  }
  const requests: string[] = []
  const client = await connectTo((socket, request) => {
    requests.push(request)
    send(socket, parts)
  })
  for (const request of ['first', 'second']) {
    const { status, time } = await client.ask(request)
    expect(status).toBe(400)
    expect(time).toBeGreaterThan(0)
  }
  expect(requests).toEqual(['first', 'second'])
})

test('a connection that ends before the answer has come is an error, and so is asking it again', async () => {
  const client = await connectTo(socket => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab'))
  await expect(client.ask('first')).rejects.toThrow('The connection has ended before the answer came.')
  await expect(client.ask('second')).rejects.toThrow('The connection has ended before the answer came.')
})
