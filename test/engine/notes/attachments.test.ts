/** Files to notes: in and out as they are, and never in memory as a whole. */
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { send } from '../../../scripts/contract-tests/client.js'
import { type Running, scriptArgs, startProcess } from '../../../scripts/lib/process.js'
import { eventually } from '../../support/raw-client.js'

const mebibyte = 1024 * 1024
const folder = mkdtempSync(join(tmpdir(), 'attachments-'))

let server: Running
let port: number
let Authorization: string
beforeAll(async () => {
  server = startProcess(process.execPath, scriptArgs('test/engine/notes/server.ts', folder), {
    messages: true
  })
  const [, listening] = await server.until(/Listening on port (\d+)/)
  port = Number(listening)
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const login = { method: 'POST', path: '/api/v1/token', headers, body: 'username=alice&password=wonderland' }
  Authorization = `Bearer ${((await send(port, login)).json as { access_token: string }).access_token}`
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true })
})

const bytes = Buffer.alloc(5 * mebibyte, 'five mebibytes')
const part = 'Content-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
const kinds = {
  'image/png': bytes,
  'multipart/form-data; boundary=x': Buffer.concat([Buffer.from(`--x\r\n${part}`), bytes, Buffer.from('\r\n--x--\r\n')])
}
type Kind = keyof typeof kinds

const upload = async (kind: Kind): Promise<number> => {
  const headers = { Authorization, 'Content-Type': kind }
  const sent = { method: 'PUT', path: '/api/v1/notes/tax/attachment', headers, body: kinds[kind] }
  return (await send(port, sent)).status
}
const uploads = async (kind: Kind, count: number, atOnce: number): Promise<void> => {
  let left = count
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      expect(await upload(kind)).toBe(204)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
}
/** What the server has of memory, and the most that it had since this was asked last, in bytes. */
const memory = async (): Promise<readonly [now: number, most: number]> => {
  server.child.send('memory')
  const [held] = (await once(server.child, 'message')) as [[number, number]]
  return held
}

let before: number
beforeAll(async () => {
  // So that all is compiled. One after another: what many at once hold would count as held before.
  for (const kind of ['image/png', 'multipart/form-data; boundary=x'] as const) await uploads(kind, 20, 1)
  before = (await memory())[0]
})

test.each(['image/png', 'multipart/form-data; boundary=x'] as const)(
  '200 uploads of 5 MiB, 20 at once, need less than 64 MiB of memory: %s',
  async kind => {
    await uploads(kind, 200, 20)
    const [, most] = await memory()
    expect((most - before) / mebibyte).toBeLessThan(64)
    const [kept = '', ...others] = readdirSync(folder)
    expect(others).toEqual([])
    expect(readFileSync(join(folder, kept)).equals(bytes)).toBe(true)
  }
)

test('a file is downloaded as it was uploaded, with its length and its media type', async () => {
  await upload('image/png')
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/notes/tax/attachment`, { headers: { Authorization } })
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-length': String(bytes.length)
  })
  expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true)
})

test('nothing is left of an upload that is cut off, nor of one that is too large or of another media type', async () => {
  await upload('image/png')
  const [kept] = readdirSync(folder)
  const head = `PUT /api/v1/notes/tax/attachment HTTP/1.1\r\nHost: x\r\nAuthorization: ${Authorization}\r\n`
  const socket = connect(port, '127.0.0.1')
  socket.write(`${head}Content-Type: image/png\r\nContent-Length: 1000000\r\n\r\nthe beginning`)
  await eventually(() => readdirSync(folder).length > 1)
  socket.destroy()
  await eventually(() => readdirSync(folder).length === 1)

  const headers = { Authorization, 'Content-Type': 'image/png' }
  const path = '/api/v1/notes/tax/attachment'
  const large = await send(port, { method: 'PUT', path, headers, body: Buffer.alloc(7 * mebibyte) })
  expect(large.status).toBe(413)
  const text = await send(port, {
    method: 'PUT',
    path,
    headers: { ...headers, 'Content-Type': 'text/plain' },
    body: 'a'
  })
  expect(text.status).toBe(415)
  expect(readdirSync(folder)).toEqual([kept])
})
