/**
 * The project as the chapter has it, whatever was added to it since: tests of tools make their edits in it, so that
 * they don't fail when an operation is added.
 */
import { isMap, isNode, isScalar, parseDocument } from 'yaml'
import type { Handlers } from '../../src/app.js'
import { security } from '../../src/operations/index.js'
import { login } from '../../src/operations/login.js'
import { readUsersMe } from '../../src/operations/read-users-me.js'

const paths = new Set<unknown>(['/token', '/users/me'])
const files = new Set(['index.ts', 'operation.ts', 'login.ts', 'read-users-me.ts'])

/** The handlers of the chapter's operations. */
export const chapterHandlers: Handlers = { operations: { login, readUsersMe }, security }

/** A contract without the paths that the chapter doesn't have. */
export const chapterContract = (text: string): string => {
  const map = parseDocument(text).getIn(['paths'])
  const added = isMap(map) ? map.items.filter(({ key }) => isScalar(key) && !paths.has(key.value)) : []
  return added.reduceRight((rest, { key, value }) => {
    const start = isNode(key) ? (key.range?.[0] ?? 0) : 0
    const end = isNode(value) ? (value.range?.[2] ?? 0) : 0
    const lineOf = (offset: number): number => rest.lastIndexOf('\n', offset - 1) + 1
    return rest.slice(0, lineOf(start)) + rest.slice(lineOf(end))
  }, text)
}

/** Whether a file of `src/operations` is the chapter's. */
export const isOfChapter = (file: string): boolean => files.has(file)

/** `src/operations/index.ts` without the handlers that the chapter doesn't have. */
export const chapterIndex = (text: string): string => {
  const added = [...text.matchAll(/^import \{ (\w+) \} from '\.\/([\w-]+)\.js'\n/gm)].filter(
    ([, , file = '']) => !isOfChapter(`${file}.ts`)
  )
  return added.reduce(
    (rest, [line, name = '']) => rest.replace(line, '').replace(new RegExp(`\\b${name}, |, ${name}\\b`), ''),
    text
  )
}
