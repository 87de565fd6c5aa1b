import { type Document, isAlias, LineCounter, type Node, parseDocument, visit } from 'yaml'
import { ContractError, type Finding, type PlaceOf } from './finding.js'
import { placeOf } from './place.js'

interface Syntax {
  readonly tree: Document.Parsed
  readonly lines: LineCounter
}

// How many aliases may come of one when those in what it stands for are counted, too. By itself the library allows 100,
// which a contract has that uses one response in each of its operations.
const maxAliasCount = 100_000

const parseSyntax = (text: string): Syntax => {
  const lines = new LineCounter()
  return { tree: parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true }), lines }
}

/** A parser that has lost its way complains of all that follows: of one bracket too many in 1,350 lines. */
const mostErrors = 3

/**
 * The value of a YAML text: aliases and merge keys (`<<`) mean what they stand for, and no map may have a key twice.
 * `name` is what messages call the file.
 *
 * @throws {ContractError} if it is empty, or isn't well-formed: with each key that is there twice, and the first other errors
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
  const errors = tree.errors.filter(({ code }, index) => code === 'DUPLICATE_KEY' || index < mostErrors)
  if (errors.length > 0) throw new ContractError(errors.map(({ message, pos }) => finding(message, pos[0])))
  const aliases = aliasErrors(tree)
  if (aliases.length > 0) throw new ContractError(aliases.map(({ message, offset }) => finding(message, offset)))
  try {
    return tree.toJS({ maxAliasCount })
  } catch (error) {
    throw new ContractError([finding(error instanceof Error ? error.message : String(error), 0)])
  }
}

interface AliasError {
  readonly message: string
  readonly offset: number
}

/** The aliases that stand for nothing, or for something that they are in themselves, which has no end. */
const aliasErrors = (tree: Document.Parsed): AliasError[] => {
  const anchored = new Map<string, Node>()
  const errors: AliasError[] = []
  visit(tree, {
    Node: (_key, node, path) => {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchored.set(node.anchor, node)
        return
      }
      const target = anchored.get(node.source)
      if (target && !path.includes(target)) return
      const why = target ? 'leads into itself' : 'has no anchor'
      errors.push({ message: `the alias \`*${node.source}\` ${why}`, offset: node.range?.[0] ?? 0 })
    }
  })
  return errors
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
