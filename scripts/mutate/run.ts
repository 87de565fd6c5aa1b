import { CheckProcess } from './check-process.js'
import { CannotRunError, type Edit, idOf, type Side, sideOf } from './edit.js'
import type { Result } from './results.js'
import { type Stage, stagesOf } from './stages.js'
import { createWorkspace, type Workspace } from './workspace.js'

/** One that makes edits, in a workspace of its own. */
interface Worker {
  readonly workspace: Workspace
  readonly checker: CheckProcess
}

/** Lets each stage look at a workspace until one notices something. */
export const passThrough = async (
  { workspace, checker }: Worker,
  stages: readonly Stage[],
  edited: string
): Promise<Pick<Result, 'killer' | 'how'>> => {
  for (const { killer, run } of stages) {
    const complaint = await run(workspace, checker, edited)
    if (complaint !== null) return { killer, how: complaint.slice(0, 200) }
  }
  return { killer: null, how: '' }
}

/** Makes an edit, lets all stages look at it, and takes it back. */
export const tryEdit = async (worker: Worker, stages: readonly Stage[], edit: Edit): Promise<Result> => {
  await worker.checker.start()
  const started = performance.now()
  try {
    worker.workspace.apply(edit)
    // That a fault of the security has the wrong type proves nothing: a test has to see what it opens.
    const asked = edit.kind === 'security' ? stages.filter(({ killer }) => killer !== 'compiler') : stages
    const noticed = await passThrough(worker, asked, edit.file)
    return { id: idOf(edit), ...noticed, seconds: Math.round((performance.now() - started) / 100) / 10 }
  } finally {
    worker.workspace.restore()
  }
}

export interface Run {
  /** The folder of the project. */
  readonly root: string
  readonly jobs: number
  /** Told of each edit before it is tried. */
  readonly onStart: (edit: Edit) => void
  /** Told of what came of each edit. */
  readonly onResult: (result: Result) => void
}

/**
 * Tries edits, several at the same time, after all that would notice them has passed without any.
 *
 * @throws {CannotRunError} if it hasn't
 */
export const tryEdits = async (edits: readonly Edit[], { root, jobs, onStart, onResult }: Run): Promise<void> => {
  const stages = { contract: stagesOf(root, 'contract'), source: stagesOf(root, 'source') }
  const workers = Array.from({ length: Math.min(jobs, edits.length) }, (): Worker => {
    const workspace = createWorkspace(root)
    return { workspace, checker: new CheckProcess(workspace) }
  })
  const sides = new Set(edits.map(sideOf)).values()
  const queue = edits.values()
  await Promise.all(workers.map(prepare))
  await Promise.all(
    workers.map(async worker => {
      for (const side of sides) await passUnedited(worker, stages[side], side)
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
  const { code, output } = await workspace.runNode(['scripts/build.js', '--if-needed'], 300)
  if (code !== 0) throw new CannotRunError(`The project can't be built:\n${output}`)
  await checker.start()
}

const passUnedited = async (worker: Worker, stages: readonly Stage[], side: Side): Promise<void> => {
  const { killer, how } = await passThrough(worker, stages, side === 'contract' ? 'openapi.yaml' : '')
  if (killer !== null) throw new CannotRunError(`There are complaints without any edit already (${killer}): ${how}`)
}
