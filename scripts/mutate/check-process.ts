import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Running, startProcess } from '../lib/process.js'
import type { CheckAnswer, CheckRequest } from './checker.js'
import type { Workspace } from './workspace.js'

const script = fileURLToPath(new URL('./checker.ts', import.meta.url))

/** How long one check may take, in seconds. What takes longer has been noticed: somebody would stop it. */
const limit = 60

/** The checks of `npm run check` for one workspace, in a process that stays. */
export class CheckProcess {
  readonly #workspace: Workspace
  #running: Running | undefined

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  /** Starts the process if it doesn't run. Nothing must be edited at that time: it remembers what it sees. */
  async start(): Promise<void> {
    if (this.#running?.child.connected === true) return
    const { folder, environment } = this.#workspace
    const args = ['--import', 'tsx', script, folder]
    this.#running = startProcess(process.execPath, args, {
      environment,
      stdout: 'inherit',
      stderr: 'inherit',
      messages: true
    })
    await Promise.race([once(this.#running.child, 'message'), this.#running.ended])
  }

  /** Runs one check. If it takes too long, or crashes, the process has to be started again. */
  async run(request: CheckRequest): Promise<string | null> {
    const running = this.#running
    if (!running) throw new Error('The checker has not been started')
    const { child } = running
    return new Promise(resolve => {
      const settle = (complaint: string | null, over: boolean): void => {
        clearTimeout(timer)
        child.removeAllListeners('message')
        if (over) void running.stop()
        resolve(complaint)
      }
      const timer = setTimeout(() => {
        settle(`took longer than ${limit} s`, true)
      }, limit * 1000)
      child.once('message', ({ complaint }: CheckAnswer) => {
        settle(complaint, false)
      })
      void running.ended.then(() => {
        settle('the checker crashed', true)
      })
      child.send(request)
    })
  }
}
