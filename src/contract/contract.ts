import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { OpenAPIV3_1 } from 'openapi-types'
import { type Document, LineCounter, parseDocument } from 'yaml'
import { documentFindings } from './document.js'
import { ContractError } from './finding.js'
import { placeOf } from './place.js'
import { type Resolved, resolve } from './resolve.js'

/** A contract that has been read and found to be a valid OpenAPI 3.1 document. Never changes. */
export interface Contract {
  /** The file as it was read, comments and all. */
  readonly text: string
  /** The document, its `$ref`s as written. Must not be changed. */
  readonly document: OpenAPIV3_1.Document
  /** `openapi.yaml:LINE:COLUMN` of what a JSON Pointer points to, for messages. */
  readonly place: (path: string, part?: 'key' | 'value') => string
  /** Follows a JSON Pointer through every `$ref` on its way. */
  readonly resolve: (path: string) => Resolved
}

/**
 * Reads a contract from a file.
 *
 * @throws {ContractError} with all findings, if it isn't well-formed YAML or not a valid OpenAPI 3.1 document
 */
export const readContract = async (file: string): Promise<Contract> =>
  parseContract(await readFile(file, 'utf8'), basename(file))

/**
 * Reads a contract from its text. `name` is what messages call the file.
 *
 * @throws {ContractError} like `readContract`
 */
export const parseContract = (text: string, name = 'openapi.yaml'): Contract => {
  // The syntax tree is many times the size of the text, and places are for messages only: it is dropped when the
  // contract has been found good, and made again should a message need it.
  let syntax: Syntax | undefined = parseSyntax(text)
  const at = (line: number, column: number): string => `${name}:${line}:${column}`
  const place = (path: string, part?: 'key' | 'value'): string => {
    syntax ??= parseSyntax(text)
    const { line, column } = placeOf(syntax.tree, syntax.lines, path, part)
    return at(line, column)
  }

  const { tree, lines } = syntax
  if (tree.errors.length > 0) {
    const findings = tree.errors.map(({ message, pos }) => {
      const { line, col } = lines.linePos(pos[0])
      return { place: at(line, col), what: `isn't well-formed YAML: ${message}.`, todo: 'Mend the syntax.' }
    })
    throw new ContractError(findings)
  }
  const document: unknown = tree.toJS()
  const findings = documentFindings(document, place)
  if (findings.length > 0) throw new ContractError(findings)
  syntax = undefined
  return { text, document: document as OpenAPIV3_1.Document, place, resolve: path => resolve(document, path) }
}

interface Syntax {
  readonly tree: Document.Parsed
  readonly lines: LineCounter
}

const parseSyntax = (text: string): Syntax => {
  const lines = new LineCounter()
  return { tree: parseDocument(text, { lineCounter: lines, prettyErrors: false }), lines }
}
