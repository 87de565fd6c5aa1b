import { type ChildProcess, fork, spawn } from 'node:child_process'

/** How a command ended. */
export interface Ending {
  /** Its exit code; `null` if it was killed. */
  readonly code: number | null
  /** Whether it took longer than it may. */
  readonly late: boolean
  /** What it printed, on both of its outputs. */
  readonly output: string
}

const groups = new Set<number>()

const kill = (pid: number): void => {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // it has ended by itself
  }
}

/** Kills all commands that run, with the processes that they have started. */
export const killCommands = (): void => groups.forEach(kill)

// A process group of its own, so that what it starts can be killed with it.
const track = (child: ChildProcess): void => {
  const { pid } = child
  if (pid === undefined) return
  groups.add(pid)
  child.on('exit', () => {
    kill(pid) // what it has left behind
    groups.delete(pid)
  })
}

export interface CommandOptions {
  readonly cwd: string
  readonly environment: Readonly<Record<string, string>>
  /** How long it may take, in seconds. */
  readonly limit: number
}

/** Runs a script with Node until it ends. */
export const runNode = (args: readonly string[], { cwd, environment, limit }: CommandOptions): Promise<Ending> =>
  new Promise((resolve, reject) => {
    const env = { ...process.env, ...environment }
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    track(child)
    let output = ''
    let late = false
    const take = (data: Buffer): void => {
      output += data.toString()
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    const timer = setTimeout(() => {
      late = true
      kill(child.pid ?? 0)
    }, limit * 1000)
    child.on('error', reject)
    child.on('close', code => {
      clearTimeout(timer)
      resolve({ code, late, output })
    })
  })

/** Starts a script of TypeScript that is sent messages. */
export const forkScript = (file: string, args: readonly string[], environment: Readonly<Record<string, string>>) => {
  const env = { ...process.env, ...environment }
  const child = fork(file, args, { execArgv: ['--import', 'tsx'], env, detached: true })
  track(child)
  return child
}
