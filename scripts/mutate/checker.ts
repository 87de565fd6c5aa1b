/**
 * What `npm run check` does, but for the linter and the formatting, in a process that stays: tools are loaded and code
 * is parsed once for hundreds of edits. Started by `check-process.ts` with the folder of a copy of the project; answers
 * messages.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { fits, production } from '../../src/app.js'
import { ContractError, readContract } from '../../src/contract/index.js'
import { handlers } from '../../src/operations/index.js'
import { problems } from '../../src/services.js'
import { lintFindings } from '../lint-contract/rules.js'
import { typesOf } from '../generate/types.js'

/** What is asked for: one stage, for the copy as it is now, of which one file isn't as it was at first. */
export interface CheckRequest {
  readonly stage: 'contract' | 'compiler'
  /** That file, relative to the copy. */
  readonly edited: string
}

/** What came of it: the first complaint, or `null`. */
export interface CheckAnswer {
  readonly complaint: string | null
}

const [, , folder = ''] = process.argv
const typesFile = 'generated/openapi.d.ts'

// What a fault leaves unused says nothing of what it has done: a test has to notice that.
const parsed = ts.getParsedCommandLineOfConfigFile(
  join(folder, 'tsconfig.json'),
  { noEmit: true, noUnusedLocals: false, noUnusedParameters: false },
  { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined }
)
if (!parsed) throw new Error(`${folder} has no tsconfig.json that can be read`)

const host = ts.createIncrementalCompilerHost(parsed.options)
const readSourceFile = host.getSourceFile.bind(host)
const sourceFiles = new Map<string, ts.SourceFile | undefined>()
let fresh = '' // the file that is not as it was at first
host.getSourceFile = (name, options) => {
  if (name === fresh) return readSourceFile(name, options)
  if (!sourceFiles.has(name)) sourceFiles.set(name, readSourceFile(name, options))
  return sourceFiles.get(name)
}

const build = (file: string, before?: ts.SemanticDiagnosticsBuilderProgram): ts.SemanticDiagnosticsBuilderProgram => {
  fresh = file === '' ? '' : join(folder, file)
  return ts.createSemanticDiagnosticsBuilderProgram(parsed.fileNames, parsed.options, host, before)
}

const unedited = build('')
unedited.getSemanticDiagnostics() // what is found now needn't be found again in what an edit doesn't reach

const compile = (file: string): string | null => {
  const latest = build(file, unedited)
  const [first] = [
    ...latest.getOptionsDiagnostics(),
    ...latest.getSyntacticDiagnostics(),
    ...latest.getSemanticDiagnostics()
  ]
  if (!first) return null
  const where = first.file ? `${first.file.fileName.slice(folder.length + 1)}: ` : ''
  return where + ts.flattenDiagnosticMessageText(first.messageText, ' ')
}

const checkContract = async (): Promise<string | null> => {
  try {
    const contract = await readContract(join(folder, 'openapi.yaml'), fits({ handlers, problems, mode: production }))
    const [finding] = await lintFindings(contract)
    if (finding) return `${finding.place}  ${finding.what}`
    writeFileSync(join(folder, typesFile), await typesOf(contract))
    return null
  } catch (error) {
    if (error instanceof ContractError) return error.message.split('\n', 1)[0] ?? ''
    return error instanceof Error ? error.message : String(error)
  }
}

const stages: Record<CheckRequest['stage'], (file: string) => string | null | Promise<string | null>> = {
  contract: checkContract,
  compiler: file => compile(file === 'openapi.yaml' ? typesFile : file)
}

process.on('message', ({ stage, edited: file }: CheckRequest) => {
  void Promise.resolve(stages[stage](file)).then(complaint => process.send?.({ complaint } satisfies CheckAnswer))
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
