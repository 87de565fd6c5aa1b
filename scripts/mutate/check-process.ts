import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { CheckAnswer, CheckRequest } from './checker.js'
import { forkScript } from './command.js'
import type { Verdict } from './verdict.js'
import type { Workspace } from './workspace.js'

const script = fileURLToPath(new URL('./checker.ts', import.meta.url))

/** The checks of `npm run check` for one workspace, in a process that stays. */
export class CheckProcess {
  readonly #workspace: Workspace
  #child: ChildProcess | undefined

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  /** Starts the process if it doesn't run. Nothing must be edited at that time: it remembers what it sees. */
  async start(): Promise<void> {
    if (this.#child?.connected === true) return
    const { folder, environment } = this.#workspace
    this.#child = forkScript(script, [folder], environment)
    await once(this.#child, 'message')
  }

  /** Runs one stage. If it takes longer than `limit` seconds, or crashes, the process has to be started again. */
  async run(request: CheckRequest, limit: number): Promise<Verdict> {
    const child = this.#child
    if (!child) throw new Error('The checker has not been started')
    return new Promise(resolve => {
      const settle = (verdict: Verdict): void => {
        clearTimeout(timer)
        child.removeAllListeners('message').removeAllListeners('exit')
        resolve(verdict)
      }
      const timer = setTimeout(() => {
        this.#child = undefined
        child.kill('SIGKILL')
        settle({ killed: true, how: `took longer than ${limit} s` })
      }, limit * 1000)
      child.once('message', ({ complaint }: CheckAnswer) => {
        settle(complaint === null ? { killed: false } : { killed: true, how: complaint })
      })
      child.once('exit', () => {
        this.#child = undefined
        settle({ killed: true, how: 'the checker crashed' })
      })
      child.send(request)
    })
  }
}
