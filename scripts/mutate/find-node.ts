import ts from 'typescript'

/** Finds a node of the code: is asked of one after the other, and answers with what it has found there. */
export type Find = (node: ts.Node) => ts.Node | undefined

const says = (node: ts.Node, part: string): boolean => node.getText().includes(part)

/** An `if` with a part of its text. */
export const guard =
  (part: string): Find =>
  node =>
    ts.isIfStatement(node) && says(node, part) ? node : undefined

/** The condition of an `if` or of `? :`, with a part of its text. */
export const condition =
  (part: string): Find =>
  node => {
    const found = ts.isIfStatement(node)
      ? node.expression
      : ts.isConditionalExpression(node)
        ? node.condition
        : undefined
    return found && says(found, part) ? found : undefined
  }

/** A call of a function or a method of this name. */
export const call =
  (name: string): Find =>
  node => {
    if (!ts.isCallExpression(node)) return undefined
    const { expression } = node
    return (ts.isPropertyAccessExpression(expression) ? expression.name : expression).getText() === name
      ? node
      : undefined
  }

/** The value of a property or of the constant itself. */
export const value =
  (name: string): Find =>
  node =>
    (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node)) && node.name.getText() === name
      ? node.initializer
      : undefined

/** What a function of one expression returns. */
export const result: Find = node => (ts.isArrowFunction(node) && !ts.isBlock(node.body) ? node.body : undefined)

/** A text that begins so. */
export const text =
  (start: string): Find =>
  node =>
    ts.isStringLiteral(node) && node.text.startsWith(start) ? node : undefined

/** What is done with what was thrown. */
export const handling: Find = node => (ts.isCatchClause(node) ? node : undefined)
