import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { CheckProcess } from './check-process.js'
import type { Side } from './edit.js'
import type { Workspace } from './workspace.js'

/** What has noticed an edit, in the order of the columns of the report. */
export const killers = ['contract', 'compiler', 'derived tests', 'other tests'] as const
export type Killer = (typeof killers)[number]

/** Something that can notice an edit. */
export interface Stage {
  readonly killer: Killer
  /**
   * What it says of a workspace: in which words it has noticed the edit, or `null`.
   *
   * @param edited the file that is edited, relative to the workspace; empty if none of the code is
   */
  readonly run: (workspace: Workspace, checker: CheckProcess, edited: string) => Promise<string | null>
}

/**
 * Tests of the page in a browser, which are no part of `npm test`; of the scripts; and those that compile or copy the
 * whole project, which say nothing of code that the compiler has passed.
 */
const leftOut =
  /^test\/(scripts|contract-tests|own-api)\/|\/browser\/|^test\/chapter\/(compiler|build|dev|readme|readme-edits|test-contract)\./

/** Made from the contract, or from what the chapter's application answered: they know most of what the server does. */
const derived = /^test\/(contract|chapter\/parity)\.test\.ts$/

/*
 * Tests that take their time. Seconds measured on an idle machine; all others together take 12.
 * Each is run only for the files that it alone says something of, because a fault that nothing notices waits for all.
 */
const slow: readonly { readonly tests: RegExp; readonly files: RegExp }[] = [
  // Starts processes, and waits for one that takes 9 s to stop (14 s).
  { tests: /^test\/chapter\/main\.test/, files: /^src\/(main|config|app|services|http\/(shutdown|listen))\.ts$/ },
  // Has the only tests of mocks and of the places of rules (8 s).
  { tests: /^test\/scripts\/live-server\.test/, files: /\/(mock|rule-place|backend)\.ts$/ },
  // Serves a large contract, in which every way to write a parameter occurs (5 s).
  { tests: /^test\/contract-tests\/suite\.test/, files: /^src\/contract\/(document|openapi|serve)\// },
  // Holds the contract's tests to account, so that it takes other contracts of theirs for ours (6 s).
  { tests: /^test\/contract-tests\/faults\.test/, files: /^openapi\.yaml$/ }
]

/** Tests of the contract's side that make edits of the text of their own, or have contracts of their own. */
const ofEngine = /^test\/(engine|http)\/|^test\/chapter\/(main|strict-form)\./

/** Tests that make the edits of their own, or quote what is edited. */
const names = /with `User` as the schema of the current user/

/** Each is a run of Jest of its own, which runs the slowest of its files first. */
type Round = 'derived' | 'quick' | 'slow'

/** The tests that can tell something about an edit of a file, sorted, by the round that they are run in. */
export const testsFor = (root: string, edited: string): Readonly<Record<Round, readonly string[]>> => {
  const isSlow = (path: string): boolean => slow.some(({ tests }) => tests.test(path))
  const all = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map(name => join('test', name))
    .filter(path => path.endsWith('.test.ts'))
    .filter(path => {
      const waiting = slow.find(({ tests }) => tests.test(path))
      if (waiting) return edited === '' ? !waiting.files.test('openapi.yaml') : waiting.files.test(edited)
      return !leftOut.test(path) && !(edited === 'openapi.yaml' && ofEngine.test(path))
    })
    .sort()
  return {
    derived: all.filter(path => derived.test(path)),
    quick: all.filter(path => !derived.test(path) && !isSlow(path)),
    slow: all.filter(isSlow)
  }
}

/** How long one run of Jest may take, in seconds. What takes longer has been noticed: somebody would stop it. */
const limit = 240

const jest = (root: string, round: Round): Stage => ({
  killer: round === 'derived' ? 'derived tests' : 'other tests',
  run: async (workspace, _checker, edited) => {
    const files = testsFor(root, edited)[round]
    if (files.length === 0) return null
    const named = edited === 'openapi.yaml' ? ['--testNamePattern', `^(?!.*(${names.source}))`] : []
    const options = ['--runInBand', '--bail', '--ci', '--reporters=default', ...named]
    const args = ['node_modules/jest/bin/jest.js', ...options, '--runTestsByPath', ...files]
    const flags = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules']
    const { code, late, output } = await workspace.runNode([...flags, ...args], limit)
    if (late) return `took longer than ${limit} s`
    return code === 0 ? null : (/^ *● (.+)$/m.exec(output)?.[1] ?? output.trim().split('\n').at(-1) ?? '')
  }
})

/**
 * The stages that an edit goes through until one of them notices it: the cheap ones first. Measured on an idle machine:
 * the check of the contract 0.1 s, the compiler 0.1 s to 0.6 s, the derived tests 4 s, the others 12 s, and the slow
 * ones where they are run. The linter is not asked: of 761 edits tried there was none that only it noticed. Nor is an
 * import graph: nearly every test starts the whole server, so that it would leave out next to nothing.
 */
export const stagesOf = (root: string, side: Side): Stage[] => {
  const check = (killer: 'contract' | 'compiler'): Stage => ({
    killer,
    run: (_workspace, checker, edited) => checker.run({ stage: killer, edited })
  })
  return [
    // The types are made anew before they are compared with the code: it is no news that they aren't up to date.
    ...(side === 'contract' ? [check('contract')] : []),
    check('compiler'),
    jest(root, 'derived'),
    jest(root, 'quick'),
    jest(root, 'slow')
  ]
}
