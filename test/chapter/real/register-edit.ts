import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../support/process.js'
import { chapterIndex, chapterText } from '../chapter.js'
import { applyDiff, stepsOf } from '../readme-edits.js'

/** The files of the chapter's project with the edits of `src/auth/README.md`, which lets people register. */
export const registerEdit = (): { readonly contract: string; readonly index: string; readonly handler: string } => {
  const index = chapterIndex(readFileSync(join(root, 'src/operations/index.ts'), 'utf8'))
  const files = new Map([
    ['openapi.yaml', chapterText],
    ['src/operations/index.ts', index]
  ])
  const read = (file: string): string => files.get(file) ?? ''
  const edit = (file: string, from: string, to: string): void =>
    void files.set(
      file,
      read(file).replace(from, () => to)
    )
  let handler = ''
  for (const { kind, content } of stepsOf(readFileSync(join(root, 'src/auth/README.md'), 'utf8'))) {
    if (kind === 'diff') applyDiff({ read, edit }, content)
    else handler = content
  }
  return { contract: read('openapi.yaml'), index: read('src/operations/index.ts'), handler }
}
