import { readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { contentFindings } from './checks/content-findings.js'
import { readCompiled } from './compiled-contract.js'
import { contractOf, type Source } from './contract-of.js'
import { kindFinding, kindFindingAtAGlance } from './document/document-kind.js'
import { ContractError, type Finding } from './document/finding.js'
import { createSourceFiles } from './document/source-files.js'
import { parseText, placesInText } from './document/source-text.js'
import { bundle } from './openapi/bundle.js'
import type { Check, Contract } from './openapi/contract.js'
import { normalize } from './openapi/normalize.js'
import { structureFindings } from './openapi/structure-findings.js'

/**
 * Reads a contract from a file, and from the files in and below its folder that it refers to.
 *
 * @param also further findings, told together with those about the document
 * @param compiled a file with what `compileContract` made of the same text. With it a contract of 1,000 operations is
 * read in 20 ms rather than 700; what it made of another text, or what isn't whole, is left alone.
 * @throws {ContractError} with all findings, if there is no such file, or it isn't a valid OpenAPI document
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
  if (folder === undefined) return checked({ text, name, document: root.document }, also)
  const files = createSourceFiles(folder, root)
  const { document, origins, findings } = bundle(root, files, place)
  refuse(findings, files.names())
  return checked({ text, name, document, origins, texts: files.texts }, also)
}

const checked = (source: Source, also: Check): Contract => {
  const { document, place, files } = contractOf(source)
  refuse(structureFindings(document, place), files) // makes sure that it is an OpenAPI document
  const { findings, ...normal } = normalize(document, place)
  refuse(findings, files)
  const contract = contractOf({ ...source, ...normal })
  refuse([...contentFindings(contract), ...also(contract)], files)
  return contract
}

const refuse = (findings: readonly (Finding | undefined)[], files?: readonly string[]): void => {
  const found = findings.filter(finding => finding !== undefined)
  if (found.length > 0) throw new ContractError(found, files)
}
