import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { startProcess } from '../lib/process.js'
import { type Edit, spliced } from './edit.js'

/** A copy of the project in which one edit after the other is made and taken back. */
export interface Workspace {
  readonly folder: string
  /** What processes are told that work in it, so that what they leave behind goes with it. */
  readonly environment: Readonly<Record<string, string>>
  /** Makes an edit. `dist/` follows, as a build would have it: there a file of code is made of one of `src/`. */
  readonly apply: (edit: Edit) => void
  /** Takes back all that has been edited, and what was made of it. */
  readonly restore: () => void
  /** Runs a script with Node in it until it ends, or has taken longer than `limit` seconds: it is `late` then. */
  readonly runNode: (args: readonly string[], limit: number) => Promise<Ending>
}

export interface Ending {
  /** `null` if it was killed. */
  readonly code: number | null
  readonly late: boolean
  /** What it printed, on both of its outputs. */
  readonly output: string
}

const leftBehind = new Set(['node_modules', 'coverage', '.git'])
const made = 'generated/openapi.d.ts'
const folders = new Set<string>()

/** Copies a project, its dependencies linked, to a temporary folder. */
export const createWorkspace = (root: string): Workspace => {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'mutate-')))
  folders.add(top)
  const folder = join(top, 'project')
  const temporary = join(top, 'tmp')
  for (const name of [folder, temporary]) mkdirSync(name)
  for (const name of readdirSync(root).filter(name => !leftBehind.has(name))) {
    const filter = (source: string): boolean => !source.includes('node_modules', root.length)
    cpSync(join(root, name), join(folder, name), { recursive: true, filter, preserveTimestamps: true })
  }
  symlinkSync(realpathSync(join(root, 'node_modules')), join(folder, 'node_modules'))
  const saved = new Map<string, string>()
  const write = (file: string, text: string): void => {
    saved.set(file, saved.get(file) ?? readFileSync(join(folder, file), 'utf8'))
    writeFileSync(join(folder, file), text)
  }
  const environment = { TMPDIR: temporary, NO_COLOR: '1' }
  return {
    folder,
    environment,
    apply: ({ file, splice }) => {
      const text = spliced(readFileSync(join(folder, file), 'utf8'), splice)
      write(file, text)
      if (file.startsWith('src/')) write(compiledFile(file), compiled(text))
      else write(made, readFileSync(join(folder, made), 'utf8')) // made anew by the check of the contract
    },
    restore: () => {
      for (const [file, text] of saved) writeFileSync(join(folder, file), text)
      saved.clear()
    },
    runNode: async (args, limit) => {
      const running = startProcess(process.execPath, args, { cwd: folder, environment })
      let late = false
      const timer = setTimeout(() => {
        late = true
        void running.stop()
      }, limit * 1000)
      const { code } = await running.ended
      clearTimeout(timer)
      return { code, late, output: running.printed() }
    }
  }
}

const compiledFile = (file: string): string => file.replace(/^src/, 'dist').replace(/\.ts$/, '.js')

// Each module is compiled by itself (`isolatedModules`), so that this is what a build of all of them would make of it.
const compiled = (text: string): string => {
  const options = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true }
  return ts.transpileModule(text, { compilerOptions: options }).outputText
}

/** Removes the folders of all workspaces. */
export const removeWorkspaces = (): void => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  folders.clear()
}
