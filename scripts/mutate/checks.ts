import { join } from 'node:path'
import ts from 'typescript'
import { fits, production } from '../../src/app.js'
import { parseContract } from '../../src/contract/index.js'
import { handlers } from '../../src/operations/index.js'
import { typesOf } from '../generate/types.js'
import { lintFindings } from '../lint-contract/rules.js'

/** What `npm run check` does, but for the linter and the formatting, of a project in which one file says something else. */
export interface Checks {
  /** The first complaint of the compiler, if there is one. */
  readonly compile: (file: string, text: string) => string | undefined
  /** The types of the contract; rejects with what is wrong with it. */
  readonly contract: (text: string) => Promise<string>
}

/** Where the types of the contract are. */
export const typesFile = 'generated/openapi.d.ts'

/** Compiles a project once, so that later an edit costs only what it reaches. */
export const createChecks = (root: string): Checks => {
  // What a fault leaves unused says nothing of what it has done: a test has to notice that.
  const parsed = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.json'),
    { noEmit: true, noUnusedLocals: false, noUnusedParameters: false },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined }
  )
  if (!parsed) throw new Error(`${root} has no tsconfig.json that can be read`)
  const { fileNames, options } = parsed
  let edited = { name: '', text: '' }
  const readFile = (name: string): string | undefined =>
    name === edited.name ? edited.text : ts.sys.readFile(name, 'utf8')
  const host = ts.createIncrementalCompilerHost(options, { ...ts.sys, readFile })
  const readSourceFile = host.getSourceFile.bind(host)
  const sourceFiles = new Map<string, ts.SourceFile | undefined>()
  host.getSourceFile = (name, target) => {
    if (name === edited.name) return readSourceFile(name, target)
    if (!sourceFiles.has(name)) sourceFiles.set(name, readSourceFile(name, target))
    return sourceFiles.get(name)
  }
  const unedited = ts.createSemanticDiagnosticsBuilderProgram(fileNames, options, host)
  unedited.getSemanticDiagnostics()

  return {
    compile: (file, text) => {
      edited = { name: join(root, file), text }
      const program = ts.createSemanticDiagnosticsBuilderProgram(fileNames, options, host, unedited)
      const [first] = [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics()]
      return first && ts.flattenDiagnosticMessageText(first.messageText, ' ')
    },
    contract: async text => {
      const contract = parseContract(text, 'openapi.yaml', fits({ handlers, mode: production }))
      const [finding] = await lintFindings(contract)
      if (finding) throw new Error(`${finding.place}  ${finding.what}`)
      return typesOf(contract)
    }
  }
}
