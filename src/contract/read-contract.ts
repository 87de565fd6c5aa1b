import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { OpenAPIV3_1 } from 'openapi-types'
import { contentFindings } from './checks/content-findings.js'
import { ContractError } from './document/finding.js'
import { isRecord } from './document/record.js'
import { resolve } from './document/reference.js'
import { structureFindings } from './document/structure-findings.js'
import { parseYaml, placesIn } from './document/yaml.js'
import type { Check, Contract } from './openapi/contract.js'
import { normalize } from './openapi/normalize.js'

/**
 * Reads a contract from a file.
 *
 * @param also further findings, told together with those about the document
 * @param compiled a file with what `compileContract` made of the same text. With it a contract of 1,000 operations is
 * read in 20 ms rather than 700; what it made of another text, or what isn't whole, is left alone.
 * @throws {ContractError} with all findings, if there is no such file, or it isn't a valid OpenAPI document
 */
export const readContract = async (file: string, also?: Check, compiled?: string): Promise<Contract> => {
  const name = basename(file)
  const text = await textOf(file).catch((error: unknown) => {
    const what = `can't be read: ${error instanceof Error ? error.message : String(error)}.`
    throw new ContractError([{ place: name, what, todo: 'Put the contract there.' }])
  })
  const known = compiled === undefined ? undefined : await readCompiled(compiled)
  if (known?.digest === digestOf(text)) return contractOf(text, known.document, name)
  return parseContract(text, name, also)
}

/**
 * Reads a contract from its text. `name` is what messages call the file.
 *
 * @throws {ContractError} like `readContract`
 */
export const parseContract = (text: string, name = 'openapi.yaml', also: Check = () => []): Contract => {
  const read = contractOf(text, parseYaml(text, name) as OpenAPIV3_1.Document, name)
  const structure = structureFindings(read.document, read.place) // makes sure that it is one
  if (structure.length > 0) throw new ContractError(structure)
  const { findings: unreadable, ...normal } = normalize(read.document, read.place)
  if (unreadable.length > 0) throw new ContractError(unreadable)
  const contract = { ...read, ...normal }
  const findings = [...contentFindings(contract), ...also(contract)]
  if (findings.length > 0) throw new ContractError(findings)
  return contract
}

/**
 * A contract that has been parsed and found valid, in a form that is quick to read. See `readContract`. It holds no
 * `resources`: a contract that has some is read anew.
 */
export const compileContract = ({ text, document, resources }: Contract): string =>
  JSON.stringify({ digest: resources.length === 0 ? digestOf(text) : '', document })

interface CompiledContract {
  readonly digest: string
  readonly document: OpenAPIV3_1.Document
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

const textOf = (file: string): Promise<string> => readFile(file, 'utf8')

// Half a file, of a build that was stopped, is as good as none: the contract itself is still there to be read.
const readCompiled = async (file: string): Promise<CompiledContract | undefined> => {
  try {
    const value: unknown = JSON.parse(await textOf(file))
    return isRecord(value) && isRecord(value['document']) ? (value as unknown as CompiledContract) : undefined
  } catch {
    return undefined
  }
}

const contractOf = (text: string, document: OpenAPIV3_1.Document, name: string): Contract => ({
  text,
  document,
  place: placesIn(text, name),
  notes: [],
  resources: [],
  resolve: path => resolve(document, path)
})
