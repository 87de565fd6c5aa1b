import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process of its own process group, of which what it says on stdout is thrown away. */
export interface Process {
  readonly pid: number
  /** How it ended, in a few words with the last error it wrote; `undefined` while it runs. */
  ending(): string | undefined
  /** Ends it and all processes of its group at once. */
  readonly stop: () => Promise<void>
}

/**
 * Ends the process group of a server when this process is gone, be it killed: its end of the pipe closes then.
 * The pipe is told when the server has ended in good order, so that a process with the same number later is left alone.
 */
const guard = (pid: number): (() => void) => {
  const script = 'read -r done || kill -s KILL -- "-$0"'
  const child = spawn('sh', ['-c', script, String(pid)], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  child.on('error', () => undefined)
  child.stdin.on('error', () => undefined)
  child.unref()
  return () => child.stdin.end('done\n')
}

const lastError = (text: string): string => {
  const line = text.split('\n').findLast(one => /error/i.test(one))
  return line === undefined ? '' : ` (${line.trim().slice(0, 100)})`
}

/** Starts a process with these variables on top of the environment. `undefined` if there is no such command. */
export const startProcess = async (
  [file = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string>>
): Promise<Process | undefined> => {
  const child = spawn(file, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true
  })
  const state: { errors: string; ending?: string } = { errors: '' }
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    state.errors = (state.errors + text).slice(-4000)
  })
  const ended = new Promise<void>(resolve => {
    const end = (how: string): void => {
      state.ending ??= how
      resolve()
    }
    child.on('error', ({ message }) => {
      end(message)
    })
    child.on('close', (code, signal) => {
      end(`ended with ${signal ?? `code ${code ?? 0}`}${lastError(state.errors)}`)
    })
  })
  const { pid } = child
  if (pid === undefined) {
    await ended
    return undefined
  }
  const dismiss = guard(pid)
  return {
    pid,
    ending: () => state.ending,
    stop: async () => {
      try {
        process.kill(-pid, 'SIGKILL') // the group, because a server may have workers
      } catch {
        // It has ended by itself.
      }
      await Promise.race([ended, sleep(2000, undefined, { ref: false })])
      dismiss()
    }
  }
}
