import type { CheckProcess } from './check-process.js'
import { type Ending, runNode } from './command.js'
import { type Side, testFiles, testNames } from './left-out-tests.js'
import type { Killer, Verdict } from './verdict.js'
import type { Workspace } from './workspace.js'

/** Something that can notice an edit. */
export interface Stage {
  readonly killer: Killer
  /** @param edited the file of the workspace that is edited, relative to it; empty if none is */
  readonly run: (workspace: Workspace, checker: CheckProcess, edited: string) => Promise<Verdict>
}

/** How long one stage may take, in seconds. Whatever takes longer has been noticed: somebody would stop it. */
const limit = 300

const check = (killer: 'contract' | 'compiler' | 'linter'): Stage => ({
  killer,
  run: (_workspace, checker, edited) => checker.run({ stage: killer, edited }, limit)
})

const jest = [
  '--disable-warning=ExperimentalWarning',
  '--experimental-vm-modules',
  'node_modules/jest/bin/jest.js',
  ...['--runInBand', '--bail', '--ci', '--runTestsByPath']
]

const verdictOf = ({ code, late, output }: Ending): Verdict => {
  if (late) return { killed: true, how: `took longer than ${limit} s` }
  if (code === 0) return { killed: false }
  const failed = /^ *● (.+)$/m.exec(output)?.[1] ?? output.trim().split('\n').at(-1)
  return { killed: true, how: failed ?? `exit code ${code ?? 'none'}` }
}

/** Tests in a process of their own. Those that wait for processes of theirs fail now and then: they have to do so twice. */
const tests = (killer: Killer, side: Side, files: readonly string[], twice = false): Stage => ({
  killer,
  run: async ({ folder, environment }) => {
    if (files.length === 0) return { killed: false }
    const args = [...jest, ...files, '--testNamePattern', testNames(side)]
    const once = async (): Promise<Verdict> => verdictOf(await runNode(args, { cwd: folder, environment, limit }))
    const verdict = await once()
    return verdict.killed && twice ? once() : verdict
  }
})

// Made from the contract, or from what the chapter's application answered: they know most of how the server behaves.
const derived = /^test\/(contract|contract-tests\/faults|chapter\/parity)\.test\.ts$/
// Their tests wait for processes, for compilers or for slow clients: 10 s to 20 s for each file.
const slow = /^test\/(main\.test|scripts\/|engine\/compiler\.test|http\/bad-input\.test)/

/**
 * The stages that an edit goes through until one of them notices it: first those that are cheap, and notice most. Measured on 2 cores: the
 * check of the contract 0.1 s, the compiler 0.1 s to 0.6 s, the linter 4 s, each run of Jest 1 s and what its tests take.
 * The formatting of an edit proves nothing, and isn't looked at.
 */
export const stagesOf = (root: string, side: Side): Stage[] => {
  const files = testFiles(root, side)
  const [first, others] = [files.filter(path => derived.test(path)), files.filter(path => !derived.test(path))]
  if (side === 'contract') {
    // The types are made anew before they are compared with the code: it is no news that they aren't up to date.
    const checks = [check('contract'), check('compiler')]
    return [...checks, tests('derived suite', side, first), tests('other tests', side, others), check('linter')]
  }
  const quick = others.filter(path => !slow.test(path))
  const slowClients = others.filter(path => path.startsWith('test/http/') && slow.test(path))
  const rest = others.filter(path => !quick.includes(path) && !slowClients.includes(path))
  return [
    check('compiler'),
    tests('derived suite', side, first),
    tests('other tests', side, quick),
    check('linter'),
    tests('other tests', side, slowClients),
    tests('other tests', side, rest, true)
  ]
}
