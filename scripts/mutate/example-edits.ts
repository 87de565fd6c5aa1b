import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml'
import { type ContractEditor, keyOf, pairOf, type Proposal, valueOf } from './contract-editor.js'

/**
 * Edits of the named examples of a body. They are part of the contract: a client reads them as promises, and tests are
 * derived from them. Their summaries are for people, and left alone; and so are the values of requests, because another
 * unknown user, say, is as good an example of one.
 */
export const examplesEdits = (editor: ContractEditor, examples: YAMLMap, inRequest: boolean): Proposal[] =>
  examples.items.flatMap(pair => {
    const example = pair.value
    if (!isMap(example)) return []
    return [
      ...editor.remove('example', examples, keyOf(pair)),
      ...editor.rename('example', examples, pair, `${keyOf(pair)}2`),
      ...editor.remove('example', example, 'value'),
      ...(inRequest ? [] : valueEdits(editor, pairOf(example, 'value')?.value))
    ]
  })

const valueEdits = (editor: ContractEditor, node: unknown): Proposal[] => {
  if (isMap(node)) {
    return node.items.flatMap(pair => [
      ...editor.remove('example', node, keyOf(pair)),
      ...valueEdits(editor, pair.value)
    ])
  }
  if (isSeq(node)) {
    return node.items.flatMap((item, index) => [
      editor.removeItem('example', node, index, `remove ${JSON.stringify(valueOf(item))}`),
      ...valueEdits(editor, item)
    ])
  }
  if (!isScalar(node)) return []
  const value: unknown = valueOf(node)
  const other = typeof value === 'boolean' ? !value : `${String(value)}x`
  return [editor.replace('example', node, other, `change ${JSON.stringify(value)} to ${JSON.stringify(other)}`)]
}
