import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What is edited: the contract, or the code. */
export type Side = 'contract' | 'source'

/** Which tests say nothing of an edit: files by how their path begins, tests by a pattern of their names. */
interface LeftOut {
  readonly files: readonly string[]
  readonly names: readonly RegExp[]
}

const leftOut: Readonly<Record<Side, LeftOut>> = {
  contract: {
    files: [
      // These make edits of their own in the text of the contract, or quote its lines, and fail for whatever is edited
      // there: a kill by them would prove nothing.
      'test/engine/conformance.test.ts',
      'test/engine/compiler.test.ts',
      'test/engine/strict-form.test.ts',
      'test/engine/compiled.test.ts',
      'test/scripts/',
      'test/scripts/',
      'test/main.test.ts',
      // These have contracts of their own: they can't fail, and only take their time.
      'test/engine/replies.test.ts',
      'test/engine/requests.test.ts',
      'test/engine/security.test.ts',
      'test/http/express.test.ts',
      'test/contract-tests/suite.test.ts',
      // These are no part of `npm test`: they need a browser, and a server that runs elsewhere.
      'test/browser/'
    ],
    names: [
      /with `User` as the schema of the current user/, // makes an edit of its own
      /one that stops in its headers is closed after/ // 15 s, whatever the contract says
    ]
  },
  source: {
    files: [
      'test/scripts/mutate', // whether the edits can be made: one that has been made can't
      'test/browser/'
    ],
    names: [
      /the README shows the login handler as it is/ // quotes the code
    ]
  }
}

/** The tests of a project that can tell something about an edit, sorted. */
export const testFiles = (root: string, side: Side): string[] =>
  readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map(name => join('test', name))
    .filter(path => path.endsWith('.test.ts') && !leftOut[side].files.some(start => path.startsWith(start)))
    .sort()

/** A pattern of the names of all tests but those that are left out, for Jest. */
export const testNames = (side: Side): string => `^(?!.*(${leftOut[side].names.map(({ source }) => source).join('|')}))`
