import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { chapterContract, chapterIndex, isOfChapter } from './chapter.js'
import { root } from '../support/process.js'

/** A copy of the project that a test may edit. */
export interface ProjectCopy {
  readonly folder: string
  readonly read: (file: string) => string
  /** Saves a file with an edit. Fails if there is nothing to change. */
  readonly edit: (file: string, from: string, to: string) => void
  readonly write: (file: string, text: string) => void
  readonly remove: () => void
}

/** Copies the project as the chapter has it, without its tests, to a temporary folder. */
export const copyProject = (): ProjectCopy => {
  const folder = mkdtempSync(join(tmpdir(), 'project-'))
  for (const name of ['package.json', 'tsconfig.json', 'openapi.yaml', 'src', 'scripts', 'generated']) {
    const isPart = (source: string): boolean =>
      !source.includes('node_modules') && (!/src\/operations\/./.test(source) || isOfChapter(basename(source)))
    cpSync(join(root, name), join(folder, name), { recursive: true, filter: isPart })
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8')
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text)
  write('openapi.yaml', chapterContract(read('openapi.yaml')))
  write('src/operations/index.ts', chapterIndex(read('src/operations/index.ts')))
  return {
    folder,
    read,
    write,
    edit: (file, from, to) => {
      const text = read(file)
      if (!text.includes(from)) throw new Error(`${file} has no ${JSON.stringify(from)} to edit`)
      const edited = text.replace(from, () => to)
      write(file, edited)
    },
    remove: () => rmSync(folder, { recursive: true, force: true })
  }
}
