import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** A run of Node with a copy of the project, and what it counts as if it fails. */
export interface TestRun {
  readonly killer: 'derived tests' | 'other tests'
  readonly args: readonly string[]
}

/**
 * Tests of the page in a browser, which are no part of `npm test`; of the scripts; and those that compile or copy the
 * whole project, which say nothing of code that the compiler has passed.
 */
const leftOut =
  /^test\/(scripts|contract-tests|docker|own-api)\/|\/(browser|postgres)\/|^test\/chapter\/(scripts\/|(compiler|readme|readme-edits)\.)/

/** Made from the contract, or from what the chapter's application answered: they know most of what the server does. */
const derived = /^test\/(contract|chapter\/parity)\.test\.ts$/

/*
 * Tests that take their time. Seconds measured on an idle machine; all others together take a minute.
 * Each is run only for the files that it alone says something of, because a fault that nothing notices waits for all.
 */
const slow: readonly { readonly tests: RegExp; readonly files: RegExp }[] = [
  // Starts processes, and waits for one that takes 9 s to stop (14 s).
  { tests: /^test\/chapter\/main\.test/, files: /^src\/(main|config|app|services|http\/(shutdown|listen))\.ts$/ },
  // Starts processes that start others (17 s).
  { tests: /^test\/chapter\/workers\.test/, files: /^src\/(cluster\/|start\.|stop\.|run-server\.)/ },
  // Starts processes with a second port (8 s).
  {
    tests: /^test\/chapter\/management\.test/,
    files: /^src\/(management\/|auth\/auth-measures|http\/(server-measures|exchanges?)\.|run-server\.|stop\.)/
  },
  // Starts processes, some of them at a terminal (4 s).
  { tests: /^test\/chapter\/request-log\.test/, files: /log|trace|printable|style|standard-output|request-id/ },
  // Have processes, and databases that are locked (25 s).
  { tests: /^test\/(database|users)\//, files: /^src\/(database|users|accounts)[/.]/ },
  // Hash passwords (15 s).
  {
    tests: /^test\/(auth|chapter\/real)\//,
    files: /^src\/(auth|database|operations)\/|^src\/(accounts|services)\.ts$/
  },
  // Send files of some MiB by the hundred (10 s), and slowly (7 s).
  {
    tests: /^test\/(engine\/notes\/attachments|http\/uploads)\.test/,
    files:
      /^src\/http\/(uploads|reads|body|.*multipart|part-head|turns)|\/(body-stream|take-multipart|.*part|.*file)\.ts$/
  },
  // Waits for what comes slowly (10 s).
  {
    tests: /^test\/engine\/(event-)?streams\.test/,
    files: /stream|event|deadline|\/(backend|reply-source|json-lines)\.ts$/
  },
  // The tests that a contract writes, of one with all that there is (9 s).
  { tests: /^test\/engine\/notes\/notes\.test/, files: /^src\/contract\/(openapi|serve)\// },
  // Compares with another validator (5 s).
  { tests: /^test\/engine\/schema-random\.test/, files: /^src\/contract\/schema\// },
  // Starts a command (3 s).
  { tests: /^test\/engine\/mock-command\.test/, files: /\/mock/ },
  // Has the only tests of mocks and of the places of rules (8 s).
  { tests: /^test\/scripts\/live-server\.test/, files: /\/(mock|rule-place|backend)\.ts$/ },
  // Serves a large contract, in which every way to write a parameter occurs (5 s).
  { tests: /^test\/contract-tests\/suite\.test/, files: /^src\/contract\/(document|openapi|serve)\// },
  // Holds the contract's tests to account, so that it takes other contracts of theirs for ours (6 s).
  { tests: /^test\/contract-tests\/faults\.test/, files: /^openapi\.yaml$/ }
]

/** Where the tests of a room of `src/` are, if not in the room of `test/` that is called as it is. */
const roomsOfTests: Readonly<Record<string, string>> = { contract: 'engine', cluster: 'chapter', operations: 'chapter' }

const wordsOf = (path: string): string[] => basename(path).split('.')[0]?.split('-') ?? []

/** How much a test has to do with a file: whether it imports it, whether a word of their names is the same, and their room. */
const nearness = (root: string, test: string, edited: string): number => {
  const [, room = ''] = edited.split('/')
  const imports = readFileSync(join(root, test), 'utf8').includes(edited.replace(/ts$/, 'js'))
  const isCalledAlike = wordsOf(edited).some(word => wordsOf(test).includes(word))
  const isOfRoom = test.startsWith(`test/${roomsOfTests[room] ?? room}/`)
  return (imports ? 4 : 0) + (isCalledAlike ? 2 : 0) + (isOfRoom ? 1 : 0)
}

/** Tests of the contract's side that make edits of the text of their own, or have contracts of their own. */
const ofEngine = /^test\/(engine|http)\/|^test\/chapter\/(main|strict-form)\./

/** Tests that make edits of the contract of their own, or quote it, by their names. */
const quoting = /with `User` as the schema of the current user/

/**
 * The tests that can tell something about an edit of a file, in the order of their runs: the derived ones, the quick ones
 * with the nearest first, the slow ones. Of no file: those of any file but the contract.
 */
export const testsFor = (root: string, edited: string): readonly (readonly string[])[] => {
  const all = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map(name => join('test', name))
    .filter(path => path.endsWith('.test.ts'))
    .sort()
  const slowOf = (path: string) => slow.find(({ tests }) => tests.test(path))
  const ofContract = edited === 'openapi.yaml'
  const quick = all.filter(path => !slowOf(path) && !leftOut.test(path) && !(ofContract && ofEngine.test(path)))
  const waiting = all.filter(path => {
    const files = slowOf(path)?.files
    return edited === '' ? files?.test('openapi.yaml') === false : files?.test(edited)
  })
  const others = quick.filter(path => !derived.test(path))
  const near = new Map(others.map(path => [path, nearness(root, path, edited)]))
  others.sort((a, b) => (near.get(b) ?? 0) - (near.get(a) ?? 0))
  return [quick.filter(path => derived.test(path)), others, waiting]
}

/** The runs of Jest that can notice an edit of a file, one after the other. */
export const testRuns = (root: string, edited: string): TestRun[] => {
  const flags = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules']
  const jest = [
    'node_modules/jest/bin/jest.js',
    '--runInBand',
    '--bail',
    '--ci',
    '--reporters=default',
    '--testSequencer=<rootDir>/scripts/mutate/as-named.js',
    '--testPathIgnorePatterns=/node_modules/' // or else none that `npm test` leaves out
  ]
  const named = edited === 'openapi.yaml' ? ['--testNamePattern', `^(?!.*(${quoting.source}))`] : []
  return testsFor(root, edited).flatMap((paths, index) => {
    const args = [...flags, ...jest, ...named, '--runTestsByPath', ...paths]
    return paths.length === 0 ? [] : { killer: index === 0 ? 'derived tests' : 'other tests', args }
  })
}
