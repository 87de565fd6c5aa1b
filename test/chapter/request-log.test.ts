import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from '@jest/globals'
import { send, sendBytes } from '../../scripts/contract-tests/client.js'
import { isInstalled } from '../support/installed.js'
import { logIn, readMe } from '../support/login.js'
import { root, run, type Running, startMain } from '../support/process.js'

const processes: Running[] = []
const started = <R extends Running>(running: R): R => {
  processes.push(running)
  return running
}
afterEach(() => {
  for (const { child } of processes.splice(0)) child.kill('SIGKILL')
})

/** Every secret has this in it, and nothing else has. */
const canary = 'cAnArY'

describe('a process that logs requests', () => {
  test('writes a line for each, with its id, its trace and what came of it, and nothing of what was sent', async () => {
    const main = started(await startMain({ LOG_REQUESTS: 'all' }))
    const { port } = main
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
    const headers = { 'X-Request-Id': 'first', traceparent: `00-${trace}-00f067aa0ba902b7-01` }
    await send(port, { path: '/users/me', headers: { ...headers, Authorization: 'Bearer johndoe' } })
    await logIn(port, `username=${canary}&password=${canary}`, { 'X-Canary': canary, Cookie: `a=${canary}` })
    await send(port, { path: `/users/me?access_token=${canary}`, headers: { Authorization: `Bearer ${canary}` } })
    await send(port, { path: `/${canary}`, headers: { 'X-Request-Id': `${canary} "` } })
    await send(port, { method: 'DELETE', path: `/token?${canary}`, headers: { traceparent: canary } })
    await sendBytes(port, `${canary}\r\n\r\n`)
    await main.until(/"status":400,"milliseconds":0,/)
    main.child.kill()
    expect(await main.ended).toEqual({ code: 0, signal: null })
    expect(main.printed()).not.toContain(canary)

    const lines = main.output().trimEnd().split('\n')
    const all = lines.map(line => JSON.parse(line) as Record<string, unknown>)
    const requests = all.filter(({ msg }) => msg === 'request')
    const uuid: unknown = expect.stringMatching(/^[\da-f-]{36}$/)
    const each = {
      level: 'info',
      time: expect.any(String) as unknown,
      pid: main.child.pid,
      msg: 'request',
      request: uuid,
      milliseconds: expect.any(Number) as unknown,
      address: '127.0.0.1'
    }
    const traced = { request: 'first', trace, span: '00f067aa0ba902b7' }
    expect(requests).toEqual([
      { ...each, ...traced, operationId: 'readUsersMe', method: 'GET', status: 200 },
      { ...each, operationId: 'login', method: 'POST', status: 400 },
      { ...each, operationId: 'readUsersMe', method: 'GET', status: 401 },
      { ...each, method: 'GET', status: 404 },
      { ...each, method: 'DELETE', status: 405 },
      { ...each, method: '_OTHER', status: 400 }
    ])
    for (const { milliseconds } of requests) expect((Number(milliseconds) * 10) % 1).toBeCloseTo(0)
  })

  test('writes none unless it is told to, and none that matter less than it is told', async () => {
    const usual = started(await startMain())
    await readMe(usual.port, 'johndoe')
    usual.child.kill()
    await usual.ended
    expect(usual.output()).not.toContain('"msg":"request"')

    const port = 20_000 + (process.pid % 20_000)
    const environment = { HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'warn', LOG_REQUESTS: 'all' }
    const quiet = started(run(process.execPath, ['dist/main.js'], environment))
    while ((await readMe(port, 'johndoe').catch(() => undefined))?.status !== 200) await sleep(10)
    quiet.child.kill()
    expect(await quiet.ended).toEqual({ code: 0, signal: null })
    expect(quiet.printed()).toBe('')
  })

  test('refuses what it can`t use', async () => {
    const main = started(run(process.execPath, ['dist/main.js'], { LOG_LEVEL: 'loud', LOG_REQUESTS: 'some' }))
    expect(await main.ended).toEqual({ code: 1, signal: null })
    expect(main.printed()).toBe(
      'LOG_LEVEL is "loud"; it takes debug, info, warn or error.\nLOG_REQUESTS is "some"; it takes slow or all.\n'
    )
  })

  const hasScript = process.platform === 'linux' && isInstalled('script', 'the log at a terminal')
  const atTerminal = hasScript ? test : test.skip

  atTerminal.each([
    // eslint-disable-next-line no-control-regex -- that is what colours are
    ['in colours', { NO_COLOR: '' }, /\u001b\[2m\d\d:\d\d:\d\d\u001b\[22m Listening on http:\/\/127\.0\.0\.1:\d+\r\n/],
    [
      'without colours if NO_COLOR says so',
      { NO_COLOR: '1' },
      /^\d\d:\d\d:\d\d Listening on http:\/\/127\.0\.0\.1:\d+\r\n/
    ]
  ])('writes for people at a terminal, %s', async (_how, colours, listening) => {
    const environment = { HOST: '127.0.0.1', PORT: '0', LOG_REQUESTS: 'all', NODE: process.execPath, ...colours }
    const main = started(run('script', ['-qec', '"$NODE" dist/main.js', '/dev/null'], environment, root))
    const [, port] = await main.until(/Listening on http:\/\/\S+:(\d+)\r?\n/)
    await send(Number(port), { path: '/users/me', headers: { 'X-Request-Id': 'mine' } })
    await main.until(
      /request=mine operationId=readUsersMe method=GET status=401 milliseconds=[\d.]+ address=127\.0\.0\.1/
    )
    expect(main.printed()).toMatch(listening)
    expect(main.printed().includes('\u001b[')).toBe(colours.NO_COLOR === '')
    expect(main.printed()).not.toContain('"msg"')
  })
})
