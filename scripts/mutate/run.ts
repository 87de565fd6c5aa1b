import { CheckProcess } from './check-process.js'
import { runNode } from './command.js'
import { type Edit, idOf } from './edit.js'
import type { Side } from './left-out-tests.js'
import type { Result } from './results.js'
import type { Stage } from './stages.js'
import { createWorkspace, type Workspace } from './workspace.js'

/** The project doesn't pass its own checks as it is, so that nothing can be said of edits. */
export class NotGreenError extends Error {
  override readonly name = 'NotGreenError'
}

/** One that makes edits, in a workspace of its own. */
interface Worker {
  readonly workspace: Workspace
  readonly checker: CheckProcess
}

const createWorker = (root: string): Worker => {
  const workspace = createWorkspace(root)
  return { workspace, checker: new CheckProcess(workspace) }
}

const passThrough = async (
  { workspace, checker }: Worker,
  stages: readonly Stage[],
  edited: string
): Promise<Pick<Result, 'killer' | 'how'>> => {
  for (const { killer, run } of stages) {
    const verdict = await run(workspace, checker, edited)
    if (verdict.killed) return { killer, how: verdict.how.slice(0, 200) }
  }
  return { killer: null, how: '' }
}

const tryEdit = async (worker: Worker, stages: readonly Stage[], edit: Edit): Promise<Result> => {
  await worker.checker.start()
  const started = performance.now()
  try {
    worker.workspace.apply(edit)
    const noticed = await passThrough(worker, stages, edit.file)
    return { id: idOf(edit), ...noticed, seconds: Math.round((performance.now() - started) / 100) / 10 }
  } finally {
    worker.workspace.restore()
  }
}

/** Which of the two an edit is of. */
export const sideOf = ({ file }: Edit): Side => (file === 'openapi.yaml' ? 'contract' : 'source')

export interface Run {
  /** The folder of the project. */
  readonly root: string
  readonly stages: Readonly<Record<Side, readonly Stage[]>>
  readonly jobs: number
  /** Those of which it is known that they have no complaints without an edit. */
  readonly green: ReadonlySet<string>
  /** Told of those of which it has been found. */
  readonly onGreen: (side: Side) => void
  /** Told of each edit before it is tried. */
  readonly onStart: (edit: Edit) => void
  /** Told of what came of each edit. */
  readonly onResult: (result: Result) => void
}

/**
 * Tries edits, several at the same time, after all that would notice them has passed without any.
 *
 * @throws {NotGreenError} if it hasn't
 */
export const tryEdits = async (edits: readonly Edit[], run: Run): Promise<void> => {
  const { root, stages, jobs, green, onGreen, onStart, onResult } = run
  const workers = Array.from({ length: Math.min(jobs, edits.length) }, () => createWorker(root))
  await Promise.all(workers.map(prepare))
  const sides = [...new Set(edits.map(sideOf))].filter(side => !green.has(side)).values()
  const queue = edits.values()
  await Promise.all(
    workers.map(async worker => {
      for (const side of sides) {
        await passUnedited(worker, stages[side], side)
        onGreen(side)
      }
    })
  )
  await Promise.all(
    workers.map(async worker => {
      for (const edit of queue) {
        onStart(edit)
        onResult(await tryEdit(worker, stages[sideOf(edit)], edit))
      }
    })
  )
}

// Some tests start what has been built.
const prepare = async ({ workspace, checker }: Worker): Promise<void> => {
  const { folder, environment } = workspace
  const build = ['scripts/build.js', '--if-needed']
  const { code, output } = await runNode(build, { cwd: folder, environment, limit: 300 })
  if (code !== 0) throw new NotGreenError(`The project can't be built:\n${output}`)
  await checker.start()
}

const passUnedited = async (worker: Worker, stages: readonly Stage[], side: Side): Promise<void> => {
  const { killer, how } = await passThrough(worker, stages, side === 'contract' ? 'openapi.yaml' : '')
  if (killer !== null) throw new NotGreenError(`There are complaints without any edit already (${killer}): ${how}`)
}
