import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { killAll } from '../lib/process-group.js'
import { type Checks, createChecks, typesFile } from './checks.js'
import { unedited } from './contract-edits.js'
import { CannotRunError, type Edit } from './edit.js'
import { type TestRun, testRuns } from './tests.js'
import { createWorkspace, type Workspace } from './workspace.js'

/** What has noticed an edit, in the order of the columns of the report. */
export const killers = ['contract', 'compiler', 'derived tests', 'other tests', 'time limit'] as const

/** What notices an edit first, and in which words. */
export interface Noticed {
  readonly killer: (typeof killers)[number]
  readonly how: string
}

/** An edit that has been tried, and what has noticed it, if anything has. */
export interface Tried {
  readonly edit: Edit
  readonly noticed: Noticed | undefined
}

const checked = async (checks: Checks, { kind, file, text }: Edit): Promise<Noticed | undefined> => {
  if (kind === 'security') return undefined // that it has the wrong type proves nothing: a test has to see what it opens
  let types: string | undefined
  try {
    if (kind === 'contract') types = await checks.contract(text)
  } catch (error) {
    return { killer: 'contract', how: error instanceof Error ? error.message : String(error) }
  }
  const complaint = types === undefined ? checks.compile(file, text) : checks.compile(typesFile, types)
  return complaint === undefined ? undefined : { killer: 'compiler', how: complaint }
}

/**
 * Makes an edit, runs the tests until some fail, and takes it back.
 *
 * @param limit how long each run may take, in seconds: what takes longer would be noticed, somebody would stop it
 */
export const tested = async (
  workspace: Workspace,
  { file, text }: Edit,
  runs: readonly TestRun[],
  limit: number
): Promise<Noticed | undefined> => {
  const takeBack = workspace.edit(file, text)
  try {
    for (const { killer, args } of runs) {
      const { code, late, output } = await workspace.runNode(args, limit)
      if (late) return { killer: 'time limit', how: `took longer than ${Math.round(limit)} s` }
      if (code !== 0) return { killer, how: /^ *● (.+)$/m.exec(output)?.[1] ?? output }
    }
    return undefined
  } finally {
    takeBack()
  }
}

const leastLimit = 60

/**
 * Lets everything that would notice an edit pass without any, in each workspace.
 *
 * @returns how long that takes, in seconds
 * @throws {CannotRunError} if there are complaints
 */
const passUnedited = async (
  root: string,
  file: string,
  checks: Checks,
  workspaces: readonly Workspace[]
): Promise<number> => {
  const started = performance.now()
  const ofContract = file === 'openapi.yaml'
  const own = readFileSync(join(root, file), 'utf8')
  const none = { file, place: file, what: 'no edit', text: ofContract ? unedited(own) : own }
  const edit: Edit = { ...none, kind: ofContract ? 'contract' : 'source' }
  const runs = testRuns(root, ofContract ? file : '')
  const inTests = () => Promise.all(workspaces.map(workspace => tested(workspace, edit, runs, 900)))
  const noticed = (await checked(checks, edit)) ?? (await inTests()).find(one => one !== undefined)
  if (noticed) throw new CannotRunError(`There are complaints without any edit already: ${noticed.how}`)
  return (performance.now() - started) / 1000
}

/**
 * Tries edits, several at the same time. A run of tests may take as long as all of them take without an edit.
 *
 * @param onResult told of what came of each edit
 * @throws {CannotRunError} if there are complaints without any edit
 */
export const tryEdits = async (
  root: string,
  edits: readonly Edit[],
  jobs: number,
  onResult: (tried: Tried) => void
): Promise<void> => {
  const checks = createChecks(root)
  const workspaces = Array.from({ length: Math.min(jobs, edits.length) }, () => {
    const workspace = createWorkspace(root)
    process.on('exit', workspace.remove)
    return workspace
  })
  process.prependListener('exit', killAll) // before their folders go
  const sides = new Set(edits.map(({ file }) => (file === 'openapi.yaml' ? file : 'src/app.ts')))
  let limit = leastLimit
  for (const file of sides) limit = Math.max(limit, await passUnedited(root, file, checks, workspaces))
  const queue = edits.values()
  await Promise.all(
    workspaces.map(async workspace => {
      for (const edit of queue) {
        const noticed =
          (await checked(checks, edit)) ?? (await tested(workspace, edit, testRuns(root, edit.file), limit))
        onResult({ edit, noticed })
      }
    })
  )
}
