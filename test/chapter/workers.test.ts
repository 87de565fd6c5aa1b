import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { send } from '../../scripts/contract-tests/client.js'
import { logIn } from '../support/login.js'
import { root, run, type Running, startMain } from '../support/process.js'
import { startVisitors } from '../support/visitors.js'

const processes: Running[] = []
const folders: string[] = []
const started = <R extends Running>(running: R): R => {
  processes.push(running)
  return running
}
afterEach(async () => {
  await Promise.all(processes.splice(0).map(({ stop }) => stop()))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'workers-'))
  folders.push(made)
  return made
}

const workersOf = ({ child }: Running): number[] => {
  const { stdout } = spawnSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' })
  return stdout.trim().split('\n').map(Number)
}

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('several workers', () => {
  test('a worker that is killed is replaced, and the server goes on', async () => {
    const main = started(await startMain({ WORKERS: '2' }))
    const [killed = 0, other = 0] = workersOf(main)
    process.kill(killed, 'SIGKILL')
    await main.until(new RegExp(`Worker ${killed} has ended \\(SIGKILL\\): another one takes its place`))
    const visitors = startVisitors(main.port)
    while (workersOf(main).length < 2) await visitors.onceMore()
    await visitors.onceMore()
    expect(await visitors.leave()).toEqual([])
    expect(workersOf(main)).toEqual([other, expect.any(Number)])
  })

  test('SIGHUP replaces all of them, and no request is lost meanwhile', async () => {
    const main = started(await startMain({ WORKERS: '2' }))
    const visitors = startVisitors(main.port)
    for (let i = 0; i < 2; i += 1) {
      const before = workersOf(main)
      const printed = main.printed().length
      main.child.kill('SIGHUP')
      await main.until(/All workers are new/, printed)
      await visitors.onceMore()
      while (before.some(isRunning)) await visitors.onceMore()
      expect(workersOf(main)).toHaveLength(2)
    }
    expect(await visitors.leave()).toEqual([])
    expect(visitors.answered()).toBeGreaterThan(100)
  })

  test('SIGTERM ends all of them in good order, with exit code 0, however it is sent', async () => {
    for (const target of [1, -1]) {
      const main = started(await startMain({ WORKERS: '2' }))
      const workers = workersOf(main)
      process.kill(target * (main.child.pid ?? 0), 'SIGTERM')
      expect(await main.ended).toEqual({ code: 0, signal: null })
      expect(workers.filter(isRunning)).toEqual([])
    }
  })

  test('what keeps them from starting is told once, with exit code 1', async () => {
    const taken = createServer().listen(0)
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const main = started(run(process.execPath, ['dist/main.js'], { PORT: String(port), WORKERS: '2' }))
    expect(await main.ended).toEqual({ code: 1, signal: null })
    expect(main.printed()).toBe(`Port ${port} is in use: choose another with PORT, or stop what is using it.\n`)
    taken.close()
  })

  test('they serve the contract as it is after a SIGHUP; one that cannot be served changes nothing', async () => {
    const copy = folder()
    cpSync(join(root, 'dist'), join(copy, 'dist'), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    const [text, file] = [readFileSync(join(root, 'openapi.yaml'), 'utf8'), join(copy, 'openapi.yaml')]
    for (const name of ['package.json', 'openapi.yaml']) cpSync(join(root, name), join(copy, name))
    const environment = { HOST: '127.0.0.1', PORT: '0', WORKERS: '2' }
    const main = started(run(process.execPath, [join(copy, 'dist/main.js')], environment))
    const [, port = ''] = await main.until(/Listening on http:\/\/[^\s"]+:(\d+)\D/)
    const contract = async (): Promise<string> => (await send(Number(port), { path: '/openapi.yaml' })).text
    expect(await contract()).toBe(text)

    writeFileSync(file, text.replace('operationId: login', 'operationId: logIn'))
    main.child.kill('SIGHUP')
    await main.until(/A new worker could not start: those that serve go on/)
    expect(main.printed()).toMatch(/openapi\.yaml:\d+:\d+ {2}\S.*logIn/)
    expect(await contract()).toBe(text)

    writeFileSync(file, `${text}# new\n`)
    main.child.kill('SIGHUP')
    await main.until(/All workers are new/)
    for (let i = 0; i < 4; i += 1) expect(await contract()).toBe(`${text}# new\n`)
  })

  test('guesses at a password are counted for all of them together', async () => {
    const environment = { WORKERS: '2', DATABASE_URL: `sqlite:${folder()}/users.db`, HASH_QUEUE: '100' }
    const main = started(await startMain(environment))
    const statuses: number[] = []
    for (let i = 0; i < 11; i += 1) statuses.push((await logIn(main.port, 'username=x&password=y')).status)
    expect(statuses).toEqual([...new Array<number>(10).fill(400), 429])
  })
})
