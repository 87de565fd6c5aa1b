import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { OpenAPIV3_1 } from 'openapi-types'
import { stringify } from 'yaml'
import { contentFindings } from './checks/content-findings.js'
import { kindFinding, kindFindingAtAGlance } from './document/document-kind.js'
import { ContractError, type Finding } from './document/finding.js'
import { type Origin, placesByOrigin } from './document/origin.js'
import { isRecord } from './document/record.js'
import { resolve } from './document/reference.js'
import { createSourceFiles } from './document/source-files.js'
import { parseText, placesInText } from './document/source-text.js'
import { structureFindings } from './document/structure-findings.js'
import { bundle } from './openapi/bundle.js'
import type { Check, Contract } from './openapi/contract.js'

/**
 * Reads a contract from a file, and from the files in and below its folder that it refers to.
 *
 * @param also further findings, told together with those about the document
 * @param compiled a file with what `compileContract` made of the same text. With it a contract of 1,000 operations is
 * read in 20 ms rather than 700; what it made of another text, or what isn't whole, is left alone.
 * @throws {ContractError} with all findings, if there is no such file, or it isn't a valid OpenAPI 3.1 document
 */
export const readContract = async (file: string, also?: Check, compiled?: string): Promise<Contract> => {
  const name = basename(file)
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const what = `can't be read: ${error instanceof Error ? error.message : String(error)}.`
    throw new ContractError([{ place: name, what, todo: 'Put the contract there.' }])
  })
  const known = compiled === undefined ? undefined : await readCompiled(compiled, text, dirname(file))
  return known ? contractOf({ text, name, ...known }) : parseContract(text, name, also, dirname(file))
}

/** From which length on a text is worth a glance before it is parsed. In a shorter one, broken syntax is told first. */
const glancedAt = 100_000

/**
 * Reads a contract from its text. `name` is what messages call the file.
 *
 * @param folder of the contract, in and below which are the files that it refers to. Without one it can't refer to any.
 * @throws {ContractError} like `readContract`
 */
export const parseContract = (
  text: string,
  name = 'openapi.yaml',
  also: Check = () => [],
  folder?: string
): Contract => {
  const place = placesInText(text, name)
  if (text.length > glancedAt) refuse([kindFindingAtAGlance(text, name)])
  const root = { name, document: parseText(text, name) }
  refuse([kindFinding(root.document, place)])
  if (folder === undefined) return checked(contractOf({ text, name, document: root.document }), also)
  const files = createSourceFiles(folder, root)
  const { document, origins, findings } = bundle(root, files, place)
  refuse(findings, files.names())
  return checked(contractOf({ text, name, document, origins, texts: files.texts }), also)
}

const checked = (contract: Contract, also: Check): Contract => {
  refuse(structureFindings(contract.document, contract.place), contract.files) // makes sure that it is one
  refuse([...contentFindings(contract), ...also(contract)], contract.files)
  return contract
}

const refuse = (findings: readonly (Finding | undefined)[], files?: readonly string[]): void => {
  const found = findings.filter(finding => finding !== undefined)
  if (found.length > 0) throw new ContractError(found, files)
}

/** A contract that has been parsed and found valid, in a form that is quick to read. See `readContract`. */
export const compileContract = ({ digest, files, origins, document }: Contract): string =>
  JSON.stringify({ digest, files, origins: [...origins], document })

/** What a contract is made of. `document` has the structure of OpenAPI, or is about to be refused for not having it. */
interface Source {
  readonly text: string
  readonly name: string
  readonly document: unknown
  readonly origins?: ReadonlyMap<string, Origin>
  /** Of the other files, by their names. */
  readonly texts?: ReadonlyMap<string, string>
}

const noTexts: ReadonlyMap<string, string> = new Map()

const digestOf = (text: string, texts = noTexts): string => {
  const hash = createHash('sha256').update(text)
  for (const [name, other] of texts) hash.update(`\n${name} ${other.length}\n`).update(other)
  return hash.digest('hex')
}

interface CompiledContract extends Pick<Contract, 'digest' | 'files'> {
  readonly document: object
  readonly origins: readonly [pointer: string, origin: Origin][]
}

// Half a file, of a build that was stopped, is as good as none: the contract itself is still there to be read.
const readCompiled = async (
  file: string,
  text: string,
  folder: string
): Promise<Omit<Source, 'text' | 'name'> | undefined> => {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'))
    if (!isRecord(value) || !isRecord(value['document'])) return undefined
    const { digest, files, origins, document } = value as unknown as CompiledContract
    const texts = new Map(files.slice(1).map(name => [name, readFileSync(join(folder, name), 'utf8')]))
    return digest === digestOf(text, texts) ? { document, origins: new Map(origins), texts } : undefined
  } catch {
    return undefined
  }
}

const contractOf = ({ text, name, document, origins = new Map(), texts = noTexts }: Source): Contract => {
  const inRoot = placesInText(text, name)
  let digest: string | undefined
  let whole = texts.size === 0 ? text : undefined
  return {
    get text() {
      return (whole ??= stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }))
    },
    files: [name, ...texts.keys()],
    origins,
    get digest() {
      return (digest ??= digestOf(text, texts))
    },
    document: document as OpenAPIV3_1.Document,
    place: origins.size === 0 ? inRoot : placesByOrigin(origins, texts, inRoot),
    resolve: path => resolve(document, path)
  }
}
