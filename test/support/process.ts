import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** How long a process may take to print what it is expected to, in milliseconds. */
const patience = 20_000

/** A running process, with what it has printed. */
export interface Running {
  readonly child: ChildProcess
  /** What it has printed so far, on both of its outputs. */
  readonly printed: () => string
  /** Resolves when `pattern` has been printed after the first `from` characters; rejects when the process ends first. */
  until(pattern: RegExp, from?: number): Promise<RegExpExecArray>
  /** Resolves when the process has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>
}

/** Starts a process, by default in the project's root. */
export const run = (
  command: string,
  args: readonly string[],
  environment: Record<string, string> = {},
  cwd = root
): Running => {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...environment } })
  let printed = ''
  const listeners = new Set<() => void>()
  const take = (data: Buffer): void => {
    printed += data.toString()
    for (const listener of listeners) listener()
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>(resolve => {
    child.on('close', (code, signal) => {
      resolve({ code, signal })
    })
  })
  const until = (pattern: RegExp, from = 0): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const settle = (why: string): void => {
        clearTimeout(timer)
        listeners.delete(look)
        reject(new Error(`${why} ${String(pattern)}:\n${printed.slice(from)}`))
      }
      const timer = setTimeout(() => {
        settle(`the process has not printed in ${patience / 1000} s`)
      }, patience)
      const look = (): void => {
        const found = pattern.exec(printed.slice(from))
        if (!found) return
        clearTimeout(timer)
        listeners.delete(look)
        resolve(found)
      }
      listeners.add(look)
      look()
      void ended.then(() => {
        settle('the process ended before it printed')
      })
    })
  return { child, printed: () => printed, until, ended }
}

/** Starts the server as `npm start` does, and waits until it listens. */
export const startMain = async (
  environment: Record<string, string> = {}
): Promise<Running & { readonly port: number }> => {
  const running = run(process.execPath, ['dist/main.js'], { HOST: '127.0.0.1', PORT: '0', ...environment })
  const [, port] = await running.until(/Listening on http:\/\/\S+:(\d+)\n/)
  return { ...running, port: Number(port) }
}
