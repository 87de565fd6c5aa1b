import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { send } from '../../scripts/contract-tests/client.js'
import { type Running, run, scriptArgs } from '../support/process.js'

const mebibyte = 1024 * 1024

let server: Running
let port: number
beforeAll(async () => {
  server = run(process.execPath, scriptArgs('test/support/upload-server.ts'))
  const [, listening] = await server.until(/Listening on port (\d+)/)
  port = Number(listening)
})
afterAll(() => server.stop())

const bytes = Buffer.alloc(5 * mebibyte, 'five mebibytes')
const digest = createHash('sha256').update(bytes).digest('hex')
const part = Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n')
const kinds = {
  stream: { type: 'application/octet-stream', body: bytes },
  files: { type: 'multipart/form-data; boundary=x', body: Buffer.concat([part, bytes, Buffer.from('\r\n--x--\r\n')]) }
}

const upload = async (path: keyof typeof kinds): Promise<unknown> => {
  const { type, body } = kinds[path]
  return (await send(port, { method: 'POST', path: `/${path}`, headers: { 'Content-Type': type }, body })).json
}
const uploads = async (path: keyof typeof kinds, count: number): Promise<void> => {
  let left = count
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      expect(await upload(path)).toBe(digest)
    }
  }
  await Promise.all(Array.from({ length: 20 }, one))
}
const memory = async (): Promise<number> => Number((await send(port, { path: '/memory' })).json)

test.each(['stream', 'files'] as const)(
  '200 uploads of 5 MiB, 20 at once, need less than 64 MiB of memory: %s',
  async path => {
    await uploads(path, 20) // what is compiled, and buffers that are kept
    const before = await memory()
    let most = before
    const watch = setInterval(() => void memory().then(now => (most = Math.max(most, now))), 50)
    await uploads(path, 200)
    clearInterval(watch)
    expect((most - before) / mebibyte).toBeLessThan(64)
  }
)
