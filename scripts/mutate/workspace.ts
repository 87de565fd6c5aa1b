import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import ts from 'typescript'
import { startProcess } from '../lib/process.js'

/** A copy of the project in which one edit after the other is made and taken back. */
export interface Workspace {
  readonly folder: string
  /**
   * Puts another text into a file. `dist/` follows, as a build would have it: there a file of code is made of one of
   * `src/`. Returns what takes both back.
   */
  readonly edit: (file: string, text: string) => () => void
  /** Runs a script with Node in it until it ends, or has taken longer than `limit` seconds: it is `late` then. */
  readonly runNode: (args: readonly string[], limit: number) => Promise<Ending>
  /** Removes it, with what processes have left behind in it. */
  readonly remove: () => void
}

export interface Ending {
  /** `null` if it was killed. */
  readonly code: number | null
  readonly late: boolean
  /** What it printed, on both of its outputs. */
  readonly output: string
}

const leftBehind = new Set(['node_modules', 'coverage', '.git'])

/** Copies a project, its dependencies linked, to a temporary folder. */
export const createWorkspace = (root: string): Workspace => {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'mutate-')))
  const [folder, temporary] = [join(top, 'project'), join(top, 'tmp')]
  mkdirSync(temporary)
  cpSync(root, folder, { recursive: true, filter: source => !leftBehind.has(basename(source)) })
  symlinkSync(realpathSync(join(root, 'node_modules')), join(folder, 'node_modules'))
  const replace = (file: string, text: string): (() => void) => {
    const path = join(folder, file)
    const before = readFileSync(path)
    writeFileSync(path, text)
    return () => writeFileSync(path, before)
  }
  return {
    folder,
    edit: (file, text) => {
      const restore = [replace(file, text)]
      if (file.startsWith('src/')) restore.push(replace(file.replace(/^src(.*)\.ts$/, 'dist$1.js'), compiled(text)))
      return () => restore.forEach(one => one())
    },
    runNode: async (args, limit) => {
      const environment = { TMPDIR: temporary, NO_COLOR: '1' }
      const running = startProcess(process.execPath, args, { cwd: folder, environment })
      let late = false
      const timer = setTimeout(() => {
        late = true
        void running.stop()
      }, limit * 1000)
      const { code } = await running.ended
      clearTimeout(timer)
      return { code, late, output: running.printed() }
    },
    remove: () => rmSync(top, { recursive: true, force: true, maxRetries: 3 })
  }
}

// Each module is compiled by itself (`isolatedModules`), so that this is what a build of all of them would make of it.
const compiled = (text: string): string => {
  const options = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true }
  return ts.transpileModule(text, { compilerOptions: options }).outputText
}
