import { once } from 'node:events'
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { send, sendBytes } from '../../scripts/contract-tests/client.js'
import { root, run, type Running, startMain } from '../support/process.js'
import { formType, readMe } from '../support/login.js'
import { eventually } from '../support/raw-client.js'

const processes: Running[] = []
const started = <R extends Running>(running: R): R => {
  processes.push(running)
  return running
}
afterEach(() => {
  for (const { child } of processes.splice(0)) child.kill('SIGKILL')
})

const half = `POST /token HTTP/1.1\r\nHost: x\r\nContent-Type: ${formType['Content-Type']}\r\nContent-Length: 32\r\n\r\nusername=johndoe`

/** A connection on which half of a login has been sent and read. */
const inFlight = async (port: number) => {
  const socket = connect(port, '127.0.0.1')
  socket.setEncoding('latin1')
  let received = ''
  socket.on('data', (data: string) => (received += data))
  await once(socket, 'connect')
  socket.write(half)
  await readMe(port, 'johndoe') // answered after the half login was read, because it was sent later
  return { socket, received: () => received }
}

// It takes its 9 s while the other tests run.
let heldUp: Running
let stopped: Promise<{ readonly ending: unknown; readonly seconds: number }>
beforeAll(async () => {
  const main = await startMain()
  heldUp = main
  const { socket } = await inFlight(main.port)
  socket.on('error', () => undefined) // it is cut off: that is the point
  const asked = performance.now()
  main.child.kill('SIGTERM')
  stopped = main.ended.then(ending => ({ ending, seconds: (performance.now() - asked) / 1000 }))
})
afterAll(() => {
  heldUp.child.kill('SIGKILL')
})

describe('start', () => {
  test('logs the address, the address of the page, and that the security is fake, a line each', async () => {
    const main = started(await startMain())
    await main.until(/fake.*\n/)
    const url = `http://127.0.0.1:${main.port}`
    const each = { level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/), pid: main.child.pid }
    const lines = main.output().trimEnd().split('\n')
    expect(lines.map(line => JSON.parse(line) as unknown)).toEqual([
      { ...each, msg: `Listening on ${url}` },
      { ...each, msg: `Documentation at ${url}/docs` },
      { ...each, msg: expect.stringContaining('security is fake') }
    ])
    expect(main.errors()).toBe('')
    expect((await readMe(main.port, 'johndoe')).status).toBe(200)
  })

  test.each([
    [{ PORT: 'http' }, /^PORT is "http"; it takes a number from 0 to 65535, such as 8000\.\n$/],
    [{ HOST: 'host.invalid' }, /^Can't listen on HOST host\.invalid, PORT 0: .*\.\n$/]
  ])('%j is refused with one sentence and exit code 1', async (environment, sentence) => {
    const main = started(run(process.execPath, ['dist/main.js'], { PORT: '0', ...environment }))
    expect(await main.ended).toEqual({ code: 1, signal: null })
    expect(main.printed()).toMatch(sentence)
  })

  test.each(['--help', '-h'])('%s lists the settings, even if they can not be used, and serves nothing', async word => {
    const main = started(run(process.execPath, ['dist/main.js', word], { PORT: 'x', DATABASE_URL: 'hunter2' }))
    expect(await main.ended).toEqual({ code: 0, signal: null })
    expect(main.output()).toMatch(/^Usage: node dist\/main\.js\n[^]*^PORT {2,}8000 {2,}The TCP port/m)
    expect([main.errors(), main.output().includes('hunter2')]).toEqual(['', false])
  })

  test.each(['--database-url=hunter2', 'hunter2', ''])('the argument %j is refused, and not shown', async word => {
    const main = started(run(process.execPath, ['dist/main.js', word], { PORT: '0' }))
    expect(await main.ended).toEqual({ code: 1, signal: null })
    expect(main.printed()).toBe(
      'The server takes no arguments but --help, which lists its settings: they are environment variables.\n'
    )
  })

  test('pages of the origins in CORS_ORIGINS may read its answers', async () => {
    const main = started(await startMain({ CORS_ORIGINS: 'https://app.example.com' }))
    const { headers } = await send(main.port, { path: '/users/me', headers: { Origin: 'https://app.example.com' } })
    expect(headers['access-control-allow-origin']).toBe('https://app.example.com')
  })

  test('a secret in a file is refused with the name of the file, and not shown', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'secret-'))
    try {
      const file = join(folder, 'url')
      writeFileSync(file, 'mysql://root:hunter2@host/db\n')
      const main = started(run(process.execPath, ['dist/main.js'], { PORT: '0', DATABASE_URL_FILE: file }))
      expect(await main.ended).toEqual({ code: 1, signal: null })
      expect(main.printed()).toMatch(
        /^DATABASE_URL_FILE names \S+\/url, which has what can't be used; it takes .*\.\n$/
      )
      expect(main.printed()).not.toContain('hunter2')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('a port in use is refused with one sentence and exit code 1', async () => {
    const taken = createServer().listen(0)
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const main = started(run(process.execPath, ['dist/main.js'], { PORT: String(port) }))
    expect(await main.ended).toEqual({ code: 1, signal: null })
    expect(main.printed()).toBe(`Port ${port} is in use: choose another with PORT, or stop what is using it.\n`)
    taken.close()
  })

  test('a contract that cannot be served is refused with all findings, each with its place, and exit code 1', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'contract-'))
    try {
      cpSync(join(root, 'dist'), join(copy, 'dist'), { recursive: true })
      copyFileSync(join(root, 'package.json'), join(copy, 'package.json'))
      symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
      const contract = readFileSync(join(root, 'openapi.yaml'), 'utf8')
      const broken = contract
        .replace('operationId: login', 'operationId: logIn')
        .replace('tokenUrl: /token', 'tokenUrl: /tokens')
      writeFileSync(join(copy, 'openapi.yaml'), broken)
      const main = started(run(process.execPath, [join(copy, 'dist/main.js')], { PORT: '0' }))
      expect(await main.ended).toEqual({ code: 1, signal: null })
      const lines = main.printed().trimEnd().split('\n')
      expect(lines).toHaveLength(3)
      for (const line of lines) expect(line).toMatch(/^openapi\.yaml:\d+:\d+ {2}\S.*[.:] {2}\S.*\.$/)
    } finally {
      rmSync(copy, { recursive: true })
    }
  })
})

describe('surroundings that are not as they should be', () => {
  test.each([
    ['output that nobody reads', '{ sleep 0.1; exec "$NODE" dist/main.js; } | true'],
    ['a full disk', 'exec "$NODE" dist/main.js > /dev/full'],
    ['no output', 'exec "$NODE" dist/main.js >&-']
  ])('%s: the server goes on', async (_name, command) => {
    const port = 20_000 + (process.pid % 20_000)
    const main = started(
      run('sh', ['-c', command], { NODE: process.execPath, PORT: String(port), LOG_REQUESTS: 'all' })
    )
    let status = 0
    await eventually(async () => {
      status = await readMe(port, 'johndoe').then(
        answer => answer.status,
        () => 0
      )
      return status !== 0
    })
    for (let time = 0; time < 3; time += 1) expect((await readMe(port, 'nobody')).status).toBe(401)
    expect([status, main.errors()]).toEqual([200, ''])
    await main.stop()
  })

  test('too few descriptors: one sentence and exit code 1', async () => {
    const take = `import { closeSync, openSync } from 'node:fs'
      let last; try { for (;;) last = openSync('/dev/null') } catch { closeSync(last) }`
    const environment = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(take)}`, PORT: '0' }
    const command = 'ulimit -n 64; exec "$NODE" dist/main.js'
    const main = started(run('sh', ['-c', command], { NODE: process.execPath, ...environment }))
    expect(await main.ended).toEqual({ code: 1, signal: null })
    expect(main.printed()).toMatch(/^(Too few files may be open: raise the limit|Can't listen on .* EMFILE: ).*\n$/m)
  })

  test('a missing file: one sentence and exit code 1', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'missing-'))
    try {
      cpSync(join(root, 'dist'), join(copy, 'dist'), { recursive: true })
      copyFileSync(join(root, 'package.json'), join(copy, 'package.json'))
      const inCopy = () => started(run(process.execPath, [join(copy, 'dist/main.js')], { PORT: '0' }))
      const withoutPackages = inCopy()
      expect(await withoutPackages.ended).toEqual({ code: 1, signal: null })
      expect(withoutPackages.printed()).toMatch(
        /^Cannot find package '\S+' imported from \S+: run `npm ci && npm run build`\.\n$/
      )
      symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
      const withoutContract = inCopy()
      expect(await withoutContract.ended).toEqual({ code: 1, signal: null })
      expect(withoutContract.printed()).toMatch(/^.*openapi\.yaml.*\n$/)
    } finally {
      rmSync(copy, { recursive: true })
    }
  })
})

describe('an error that nobody catches', () => {
  const failing = (statement: string) => ({
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(`process.on('SIGUSR2', () => { ${statement} })`)}`
  })

  test.each([
    ["throw new Error('late')", /"stack":"Error: late\\n {4}at .*\n/],
    ["Promise.reject(new Error('late'))", /"stack":"Error: late\\n {4}at .*\n/],
    ["Promise.reject('hunter2')", /"stack":"a thrown string"\}\n$/]
  ])(
    '%s: is logged once, requests in flight finish, no new ones come in, and the exit code is 1',
    async (fault, logged) => {
      const main = started(await startMain(failing(fault)))
      const { socket, received } = await inFlight(main.port)
      main.child.kill('SIGUSR2')
      await refusedConnection(main.port)
      socket.write('&password=secret')
      expect(await main.ended).toEqual({ code: 1, signal: null })
      expect(received()).toMatch(/^HTTP\/1\.1 200 [^]*"access_token":"johndoe"/)
      expect(main.output()).toMatch(logged)
      expect(main.printed()).not.toContain('hunter2')
      expect(main.printed().match(/"level":"error"/g)).toHaveLength(1)
      socket.destroy()
    }
  )
})

describe('stop', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends an idle server with exit code 0', async signal => {
    const main = started(await startMain())
    const idle = connect(main.port, '127.0.0.1')
    await once(idle, 'connect')
    main.child.kill(signal)
    expect(await main.ended).toEqual({ code: 0, signal: null })
    idle.destroy()
  })

  test('requests in flight finish, and new connections are refused', async () => {
    const main = started(await startMain())
    const { socket, received } = await inFlight(main.port)
    main.child.kill('SIGTERM')
    await refusedConnection(main.port)
    socket.write('&password=secret')
    expect(await main.ended).toEqual({ code: 0, signal: null })
    expect(received()).toMatch(/^HTTP\/1\.1 200 [^]*"access_token":"johndoe"/)
    socket.destroy()
  })

  test('a second signal ends it at once', async () => {
    const main = started(await startMain())
    const { socket } = await inFlight(main.port)
    socket.on('error', () => undefined)
    main.child.kill('SIGTERM')
    await refusedConnection(main.port) // the first signal has been taken
    main.child.kill('SIGTERM')
    expect(await main.ended).toEqual({ code: null, signal: 'SIGTERM' })
    socket.destroy()
  })

  test('a client that never finishes holds the server up for 9 s, and not for 10', async () => {
    const { ending, seconds } = await stopped
    expect(ending).toEqual({ code: 0, signal: null })
    expect(seconds).toBeGreaterThan(8.9)
    expect(seconds).toBeLessThan(10)
  })
})

/** Waits until the port takes no more connections. One that was taken just before may be cut off: that says nothing. */
const refusedConnection = (port: number): Promise<void> =>
  eventually(async () => {
    try {
      await sendBytes(port, 'GET /users/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
      return false
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'ECONNREFUSED') expect(code).toBe('ECONNRESET')
      return code === 'ECONNREFUSED'
    }
  })
