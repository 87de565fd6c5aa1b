import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Running, startProcess } from '../lib/process.js'
import type { CheckAnswer, CheckRequest } from './checker.js'
import type { Workspace } from './workspace.js'

const script = fileURLToPath(new URL('./checker.ts', import.meta.url))

/** How long one check may take, in seconds. What takes longer, or crashes, has been noticed: somebody would see it. */
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
    const options = { environment, stdout: 'inherit', stderr: 'inherit', messages: true } as const
    this.#running = startProcess(process.execPath, ['--import', 'tsx', script, folder], options)
    await Promise.race([once(this.#running.child, 'message'), this.#running.ended])
  }

  /** Runs one check, and says what it complains of; `null` if it doesn't. */
  async run(request: CheckRequest): Promise<string | null> {
    const running = this.#running
    if (!running) throw new Error('The checker has not been started')
    const answer = once(running.child, 'message', { signal: AbortSignal.timeout(limit * 1000) })
    running.child.send(request)
    try {
      const [{ complaint }] = (await Promise.race([answer, running.ended.then(() => [crash])])) as [CheckAnswer]
      return complaint
    } catch {
      await running.stop() // so that it is started again for the next edit
      return `took longer than ${limit} s`
    }
  }
}

const crash: CheckAnswer = { complaint: 'the checker crashed' }
