import ts from 'typescript'

/** Whether a node of the code is the one that is looked for. */
export type Find = (node: ts.Node) => boolean

const says = (node: ts.Node, part: string): boolean => node.getText().includes(part)

/** An `if` with a part of its text. */
export const guard =
  (part: string): Find =>
  node =>
    ts.isIfStatement(node) && says(node, part)

/** The condition of an `if` or of `? :`, with a part of its text. */
export const condition =
  (part: string): Find =>
  node => {
    const { parent } = node
    const isCondition =
      (ts.isIfStatement(parent) && parent.expression === node) ||
      (ts.isConditionalExpression(parent) && parent.condition === node)
    return isCondition && says(node, part)
  }

/** A call of a function or a method of this name. */
export const call =
  (name: string): Find =>
  node =>
    ts.isCallExpression(node) && /[\w$]+$/.exec(node.expression.getText())?.[0] === name

/** Where a property of this name is read. */
export const property =
  (name: string): Find =>
  node =>
    ts.isPropertyAccessExpression(node) && node.name.text === name

/** The value of a property or of a constant of this name. */
export const value =
  (name: string): Find =>
  node => {
    const { parent } = node
    if (!ts.isPropertyAssignment(parent) && !ts.isVariableDeclaration(parent)) return false
    return parent.initializer === node && parent.name.getText() === name
  }

/** What a function of one expression returns. */
export const result: Find = node => ts.isArrowFunction(node.parent) && node.parent.body === node && !ts.isBlock(node)

/** A text that begins so. */
export const text =
  (start: string): Find =>
  node =>
    ts.isStringLiteral(node) && node.text.startsWith(start)

/** What is done with what was thrown. */
export const handling: Find = ts.isCatchClause
