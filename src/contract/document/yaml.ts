import { type Document, LineCounter, parseDocument, visit } from 'yaml'
import { ContractError, type Finding, type PlaceOf } from './finding.js'
import { placeOf } from './place.js'

interface Syntax {
  readonly tree: Document.Parsed
  readonly lines: LineCounter
}

const parseSyntax = (text: string): Syntax => {
  const lines = new LineCounter()
  return { tree: parseDocument(text, { lineCounter: lines, prettyErrors: false }), lines }
}

/**
 * The value of a YAML text. `name` is what messages call the file.
 *
 * @throws {ContractError} with all findings, if it isn't well-formed or empty
 */
export const parseYaml = (text: string, name: string): unknown => {
  if (text.trim() === '') {
    throw new ContractError([{ place: `${name}:1:1`, what: 'is empty.', todo: 'Write an OpenAPI document.' }])
  }
  const { tree, lines } = parseSyntax(text)
  const finding = (message: string, offset: number): Finding => {
    const { line, col } = lines.linePos(offset)
    return { place: `${name}:${line}:${col}`, what: `isn't well-formed YAML: ${message}.`, todo: 'Mend the syntax.' }
  }
  if (tree.errors.length > 0) throw new ContractError(tree.errors.map(({ message, pos }) => finding(message, pos[0])))
  // Only here does an alias turn out to lead to nothing, or into itself.
  let alias = 0
  try {
    visit(tree, {
      Alias: (_key, node) => {
        alias = node.range?.[0] ?? 0
        if (node.resolve(tree) === undefined) throw new ReferenceError(`the alias \`*${node.source}\` has no anchor`)
      }
    })
    const value: unknown = tree.toJS()
    JSON.stringify(value)
    return value
  } catch (error) {
    throw new ContractError([finding(error instanceof Error ? (error.message.split('\n')[0] ?? '') : '', alias)])
  }
}

/** Tells where in a YAML text things stand. The syntax tree is many times the size of the text, so it is made when it is asked. */
export const placesIn = (text: string, name: string): PlaceOf => {
  let syntax: Syntax | undefined
  return (path, part) => {
    syntax ??= parseSyntax(text)
    const { line, column } = placeOf(syntax.tree, syntax.lines, path, part)
    return `${name}:${line}:${column}`
  }
}
