import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { send } from '../../scripts/contract-tests/client.js'
import { logIn, readMe } from '../support/login.js'
import { run, type Running, startMain } from '../support/process.js'

const folder = mkdtempSync(join(tmpdir(), 'management-'))
const processes: Running[] = []
afterEach(async () => {
  await Promise.all(processes.splice(0).map(({ stop }) => stop()))
})
afterAll(() => rmSync(folder, { recursive: true }))

const start = async (environment: Record<string, string> = {}) => {
  const main = await startMain({ MANAGEMENT_PORT: '0', ...environment })
  processes.push(main)
  const [, port] = await main.until(/For operators: http:\/\/127\.0\.0\.1:(\d+)\D/)
  return { ...main, ask: (path: string, method = 'GET') => send(Number(port), { path, method }) }
}

/** The sum of the values of a metric, over the series whose labels match. */
const sumOf = (text: string, name: string, labels = /(?:)/): number =>
  text
    .split('\n')
    .filter(line => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .filter(line => labels.test(line))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)

const duration = 'http_server_request_duration_seconds_count'

describe('the port for operators', () => {
  test('says that the process lives and is ready, and nothing else to nobody', async () => {
    const { ask } = await start()
    expect(await ask('/livez')).toMatchObject({ status: 200, json: { live: true } })
    expect(await ask('/readyz')).toMatchObject({ status: 200, json: { ready: true, parts: { draining: 'no' } } })
    expect((await ask('/readyz')).headers).toMatchObject({ 'cache-control': 'no-store' })
    expect((await ask('/users/me')).status).toBe(404)
    expect((await ask('/constructor')).status).toBe(404)
    const refused = await ask('/livez', 'POST')
    expect([refused.status, refused.headers.allow]).toEqual([405, 'GET, HEAD'])
  })

  test('counts requests by operation, method and status, and no label holds what a client sent', async () => {
    const { port, ask } = await start()
    for (let i = 0; i < 3; i += 1) await readMe(port, 'johndoe')
    await readMe(port, 'canary-token')
    await logIn(port, 'username=canary-user&password=canary-password')
    await send(port, { path: '/canary-path?canary-query' })
    await send(port, { path: '/users/me', method: 'CANARY' }).catch(() => undefined)
    await send(port, { path: '/users/me', method: 'PURGE' })
    const { text, headers } = await ask('/metrics')
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(sumOf(text, duration, /GET.*"200".*"readUsersMe"/)).toBe(3)
    expect(sumOf(text, duration, /GET.*"401".*"readUsersMe"/)).toBe(1)
    expect(sumOf(text, duration, /POST.*"400".*"login"/)).toBe(1)
    expect(sumOf(text, duration, /GET.*"404".*operation_id=""/)).toBe(1)
    expect(sumOf(text, duration, /_OTHER/)).toBe(2)
    expect(text).toMatch(/^http_server_active_requests 0$/m)
    expect(text).toMatch(/^http_server_open_connections \d+$/m)
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
    expect(text).not.toMatch(/canary/i)
  })

  test('a server that is told to stop is not ready any more, and serves on for DRAIN_SECONDS', async () => {
    const { port, ask, child, ended } = await start({ DRAIN_SECONDS: '1' })
    child.kill('SIGTERM')
    while ((await ask('/readyz')).status === 200);
    expect((await ask('/readyz')).json).toEqual({ ready: false, parts: { draining: 'yes' } })
    const { status, headers } = await readMe(port, 'johndoe')
    expect([status, headers.connection]).toEqual([200, 'close'])
    expect((await ask('/livez')).status).toBe(200)
    expect(await ended).toEqual({ code: 0, signal: null })
  })

  test('with a database, says how that is, and counts logins and hashes', async () => {
    const { port, ask } = await start({ DATABASE_URL: `sqlite:${folder}/users.db` })
    expect((await ask('/readyz')).json).toEqual({
      ready: true,
      parts: { database: 'ok', migrations: 'ok', draining: 'no' }
    })
    await logIn(port, 'username=canary-user&password=x')
    const { text } = await ask('/metrics')
    expect(sumOf(text, 'auth_logins_total', /outcome="refused"/)).toBe(1)
    expect(text).toMatch(/^auth_password_hashes_running 0$/m)
    expect(text).toMatch(/^auth_password_hashes_waiting 0$/m)
    expect(text).not.toMatch(/canary/i)
  })

  test('speaks for all workers', async () => {
    const { port, ask } = await start({ WORKERS: '2' })
    const state = { ready: true, parts: { draining: 'no' } }
    expect(await ask('/readyz')).toMatchObject({ status: 200, json: { ready: true, workers: [state, state] } })
    for (let i = 0; i < 10; i += 1) await readMe(port, 'johndoe')
    const { text } = await ask('/metrics')
    expect(sumOf(text, duration, /"readUsersMe"/)).toBe(10)
    expect(text.match(/^# TYPE process_resident_memory_bytes gauge$/gm)).toHaveLength(1)
  })

  test('one that is in use is refused with a sentence that names its setting, and exit code 1', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    for (const WORKERS of ['1', '2']) {
      const main = run(process.execPath, ['dist/main.js'], { PORT: '0', MANAGEMENT_PORT: String(port), WORKERS })
      processes.push(main)
      expect(await main.ended).toEqual({ code: 1, signal: null })
      expect(main.errors()).toBe(
        `Port ${port} is in use: choose another with MANAGEMENT_PORT, or stop what is using it.\n`
      )
    }
    taken.close()
  })
})
