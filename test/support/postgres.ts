import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { once } from 'node:events'
import pg from 'pg'
import { run, type Running } from './process.js'

/** A PostgreSQL server of its own, which ends with this process at the latest. */
export interface Postgres {
  /** The URL of an empty database, with a password. */
  readonly url: string
  /** Stops all of its processes where they are (SIGSTOP): it takes connections, and answers nothing. */
  pause(): void
  resume(): void
  /** Ends it (SIGINT: connections are closed), so that `start` can start it again on the same port and data. */
  stop(): Promise<void>
  start(): Promise<void>
  /** Ends it for good, and removes its data. */
  remove(): Promise<void>
}

const password = 'hunter2'

/** The folder of PostgreSQL's programs: of PATH, or the newest one where Debian has them. */
const findPrograms = (): string | undefined => {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...versions.map(version => join(debian, version, 'bin'))
  ]
  return folders.find(folder => ['initdb', 'postgres'].every(name => existsSync(join(folder, name))))
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Starts a server, or gives nothing if PostgreSQL isn't installed. */
export const startPostgres = async (): Promise<Postgres | undefined> => {
  const programs = findPrograms()
  if (programs === undefined) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password)
  const isRoot = process.getuid?.() === 0 // whom PostgreSQL refuses
  if (isRoot) {
    const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
    for (const path of [folder, passwordFile]) chownSync(path, idOf('-u'), idOf('-g'))
  }
  const program = (name: string, args: readonly string[]): Running => {
    const command = [join(programs, name), ...args]
    const asPostgres = ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', ...command]
    const [file = '', ...rest] = isRoot ? asPostgres : command
    return run(file, rest, { LC_ALL: 'C' }, folder)
  }

  const init = ['-D', data, '-U', 'tester', '-A', 'scram-sha-256', '--pwfile', passwordFile, '-E', 'UTF8', '--no-sync']
  const initdb = program('initdb', init)
  if ((await initdb.ended).code !== 0) throw new Error(`initdb failed:\n${initdb.printed()}`)

  const port = await freePort()
  const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'max_connections=60']
  let server: Running | undefined
  const start = async (): Promise<void> => {
    server = program('postgres', ['-D', data, '-k', folder, '-p', String(port), ...settings])
    await server.until(/database system is ready to accept connections/)
  }
  const pids = (): number[] => {
    const { pid, exitCode } = server?.child ?? {}
    if (pid === undefined || exitCode !== null) return []
    const children = `/proc/${pid}/task/${pid}/children`
    const listed = existsSync(children) ? readFileSync(children, 'utf8').match(/\d+/g) : undefined
    return [pid, ...(listed ?? []).map(Number)]
  }
  const signal = (name: NodeJS.Signals) => (): void => {
    for (const pid of pids()) {
      try {
        process.kill(pid, name)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // one that has ended meanwhile
      }
    }
  }
  await start()
  return {
    url: `postgres://tester:${password}@127.0.0.1:${port}/postgres`,
    pause: signal('SIGSTOP'),
    resume: signal('SIGCONT'),
    start,
    stop: async () => {
      server?.child.kill('SIGINT')
      await server?.ended
    },
    remove: async () => {
      signal('SIGCONT')()
      server?.child.kill('SIGINT')
      await server?.ended
      rmSync(folder, { recursive: true })
    }
  }
}

/** An empty database on a server. */
export const createEmptyDatabase = async (url: string): Promise<{ readonly url: string; remove(): Promise<void> }> => {
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2)}`
  const execute = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(sql)
    await client.end()
  }
  await execute(`create database ${name}`)
  const its = new URL(url)
  its.pathname = name
  return { url: its.href, remove: () => execute(`drop database ${name} with (force)`) }
}

/** A server for tests that don't stop it: that of `DATABASE_URL` (see `global-setup.js`), or one of their own, or nothing. */
export const findPostgres = async (): Promise<{ readonly url: string; remove(): Promise<void> } | undefined> => {
  const url = process.env['TEST_POSTGRES_URL']
  return url === undefined ? startPostgres() : { url, remove: () => Promise.resolve() }
}
