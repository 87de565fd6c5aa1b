import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { watchGroup } from './process-group.js'
import { root } from './root.js'

/** How long a process may take to print what it is expected to, in milliseconds. */
const patience = 60_000

export interface ProcessOptions {
  /** Variables on top of this process's own. */
  readonly environment?: Readonly<Record<string, string>>
  /** Where it runs; by default in the project's folder. */
  readonly cwd?: string
  /** What becomes of what it prints: kept (`pipe`, the default), shown as this process's own, or thrown away. */
  readonly stdout?: 'pipe' | 'inherit' | 'ignore'
  readonly stderr?: 'pipe' | 'inherit' | 'ignore'
  /** Whether it is a Node process that is sent messages, and sends some. */
  readonly messages?: boolean
}

/** How a process ended: by itself with a code, or by a signal. */
export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A process that was started, in a process group of its own, with what it has printed. */
export interface Running {
  readonly child: ChildProcess
  /** What has been kept so far of both its outputs, and of each of them. */
  readonly printed: () => string
  readonly output: () => string
  readonly errors: () => string
  /**
   * Resolves when `pattern` has been printed after the first `from` characters. Rejects when the process ends before
   * that, or after a minute without it.
   */
  readonly until: (pattern: RegExp, from?: number) => Promise<RegExpExecArray>
  /** Resolves when it has ended, and what it printed is complete. One that can't be started ends with a code, too. */
  readonly ended: Promise<Ending>
  /** Kills it and all processes that it has started, and waits for its end, for 2 s at most. */
  readonly stop: () => Promise<void>
}

/** What Node is to be given to run a command that is written in TypeScript. */
export const scriptArgs = (file: string, ...args: string[]): string[] => [join(root, 'scripts/run.js'), file, ...args]

/** Starts a process. Nothing of it is left behind when it ends, or when this process does. */
export const startProcess = (command: string, args: readonly string[], options: ProcessOptions = {}): Running => {
  const { environment, cwd = root, stdout = 'pipe', stderr = 'pipe', messages = false } = options
  const child: ChildProcess = spawn(command, args, {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', stdout, stderr, messages ? 'ipc' : 'ignore'],
    detached: true
  })
  const killGroup = child.pid === undefined ? undefined : watchGroup(child.pid)
  child.on('exit', () => killGroup?.()) // it may have left some behind

  const kept = { printed: '', output: '', errors: '' }
  const lookers = new Set<() => void>()
  const keep = (of: 'output' | 'errors') => (text: string) => {
    kept.printed += text
    kept[of] += text
    for (const look of lookers) look()
  }
  child.stdout?.setEncoding('utf8').on('data', keep('output'))
  child.stderr?.setEncoding('utf8').on('data', keep('errors'))
  child.on('error', ({ message }) => keep('errors')(`${message}\n`))
  const ended = new Promise<Ending>(resolve => child.on('close', (code, signal) => resolve({ code, signal })))

  return {
    child,
    printed: () => kept.printed,
    output: () => kept.output,
    errors: () => kept.errors,
    until: (pattern, from = 0) =>
      new Promise((resolve, reject) => {
        const settle = (): void => {
          clearTimeout(timer)
          lookers.delete(look)
        }
        const fail = (why: string): void => {
          settle()
          reject(new Error(`The process ${why} ${String(pattern)}:\n${kept.printed.slice(from)}`))
        }
        const timer = setTimeout(fail, patience, `has not printed in ${patience / 1000} s`)
        const look = (): void => {
          const found = pattern.exec(kept.printed.slice(from))
          if (!found) return
          settle()
          resolve(found)
        }
        lookers.add(look)
        look()
        void ended.then(() => fail('ended before it printed'))
      }),
    ended,
    stop: async () => {
      killGroup?.()
      await Promise.race([ended, sleep(2000, undefined, { ref: false })])
    }
  }
}
