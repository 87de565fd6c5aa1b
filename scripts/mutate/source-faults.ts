import ts from 'typescript'
import { type Edit, evenly } from './edit.js'

/** A change of a node of the code: what stands there gives way to `to`. */
interface Change {
  readonly node: ts.Node
  readonly to: string
  readonly what: string
}

/** Makes faults of one sort: of a node that it is about, its change. */
type Operator = (node: ts.Node) => Change | undefined

const swaps: Readonly<Record<string, string>> = {
  '&&': '||',
  '||': '&&',
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '-': '+'
}

// What narrows a type is left alone, here and below: the compiler would see the fault at once, and prove nothing.
const narrows = (node: ts.Node): boolean =>
  /\b(undefined|null|typeof|instanceof|in)\b|^!?\w+$/.test(node.getText()) || /\bis[A-Z]|Array\.is/.test(node.getText())

const otherOperator: Operator = node => {
  if (!ts.isBinaryExpression(node) || narrows(node)) return undefined
  const sign = node.operatorToken.getText()
  const to = swaps[sign]
  return to === undefined ? undefined : { node: node.operatorToken, to, what: `\`${sign}\` becomes \`${to}\`` }
}

const negated: Operator = node => {
  const condition = ts.isIfStatement(node) ? node.expression : ts.isConditionalExpression(node) ? node.condition : node
  if (condition === node || ts.isBinaryExpression(condition) || narrows(condition)) return undefined
  return { node: condition, to: `!(${condition.getText()})`, what: `not \`${brief(condition)}\`` }
}

const droppedIf: Operator = node =>
  ts.isIfStatement(node) && !node.elseStatement && !narrows(node.expression)
    ? { node, to: ';', what: `drop \`${brief(node)}\`` }
    : undefined

const droppedCall: Operator = node =>
  ts.isExpressionStatement(node) && ts.isCallExpression(node.expression) && !node.getText().startsWith('super(')
    ? { node, to: 'void 0', what: `drop \`${brief(node)}\`` }
    : undefined

const chained = new Set(['filter', 'toLowerCase', 'toUpperCase', 'trim', 'sort', 'slice', 'reverse', 'replaceAll'])

const droppedStep: Operator = node => {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined
  const { name, expression, questionDotToken: optional } = node.expression
  if (!chained.has(name.text) || optional) return undefined
  return { node, to: expression.getText(), what: `drop \`.${name.text}\` of \`${brief(node)}\`` }
}

const droppedSpread: Operator = node => {
  if (!ts.isSpreadElement(node) && !ts.isSpreadAssignment(node)) return undefined
  if (ts.isCallExpression(node.parent)) return undefined
  return { node, to: ts.isSpreadElement(node) ? '...[]' : '...{}', what: `drop \`${brief(node)}\`` }
}

const otherLiteral: Operator = node => {
  if (ts.isLiteralTypeNode(node.parent)) return undefined
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { node, to: 'false', what: '`true` becomes `false`' }
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { node, to: 'true', what: '`false` becomes `true`' }
  if (!ts.isNumericLiteral(node)) return undefined
  const value = Number(node.text)
  const to = String(value < 600 ? value + 1 : value * 2) // one millisecond more is no fault
  return { node, to, what: `\`${node.getText()}\` becomes \`${to}\`` }
}

// Not the names of things, nor what a type says that there is.
const emptyString: Operator = node => {
  if (!ts.isStringLiteral(node) || node.text === '') return undefined
  const { parent } = node
  const isValue = ts.isVariableDeclaration(parent) || ts.isCallExpression(parent) || ts.isArrayLiteralExpression(parent)
  const isProperty = ts.isPropertyAssignment(parent) && parent.initializer === node
  return isValue || isProperty ? { node, to: "''", what: `${brief(node)} becomes empty` } : undefined
}

const shorterPattern: Operator = node => {
  if (!ts.isRegularExpressionLiteral(node)) return undefined
  const pattern = node.text
  const to = pattern.startsWith('/^') ? `/${pattern.slice(2)}` : pattern.replace(/i(?=[a-z]*$)/, '')
  return to === pattern || to.startsWith('//') ? undefined : { node, to, what: `\`${pattern}\` becomes \`${to}\`` }
}

const operators: readonly Operator[] = [
  otherOperator,
  negated,
  droppedIf,
  droppedCall,
  droppedStep,
  droppedSpread,
  otherLiteral,
  emptyString,
  shorterPattern
]

const brief = (node: ts.Node): string => {
  const text = node.getText().replaceAll(/\s+/g, ' ')
  return text.length > 50 ? `${text.slice(0, 50)}…` : text
}

/** What a function, a method or a value is called; `undefined` for what has no name of its own. */
export const nameOf = (node: ts.Node): string | undefined => {
  const isNamed = ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isVariableDeclaration(node)
  const isFunction = ts.isPropertyAssignment(node) && ts.isArrowFunction(node.initializer)
  return isNamed || isFunction ? node.name?.getText() : undefined
}

/** The edit of a file that puts a text in the place of a node. */
export const editOf = (kind: Edit['kind'], { node, to, what }: Change): Edit => {
  const { fileName: file, text } = node.getSourceFile()
  const { line, character } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart())
  const place = `${file}:${line + 1}:${character + 1}`
  return { kind, file, place, what, text: text.slice(0, node.getStart()) + to + text.slice(node.getEnd()) }
}

/** All nodes of a tree but those of its imports and types, from the outside in. */
export const codeIn = (node: ts.Node): ts.Node[] => {
  if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return []
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return []
  const below: ts.Node[] = []
  ts.forEachChild(node, child => void below.push(...codeIn(child)))
  return ts.isSourceFile(node) ? below : [node, ...below]
}

export const parseSource = (file: string, text: string): ts.SourceFile =>
  ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true)

/** The faults that the operators make of one file, one operator after the other, each in the order of the text. */
export const faultsOf = (source: ts.SourceFile): Edit[] => {
  const nodes = codeIn(source)
  return operators.flatMap(operator => {
    const changes = nodes.map(operator).filter(change => change !== undefined)
    // There are more words in the code than all else: a third of them are enough.
    const some = operator === emptyString ? evenly(changes, Math.ceil(changes.length / 3)) : changes
    return some.map(change => editOf('source', change))
  })
}
