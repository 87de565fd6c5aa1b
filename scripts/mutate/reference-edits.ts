import type { YAMLMap } from 'yaml'
import { tokensOf } from '../../src/contract/index.js'
import { type ContractEditor, keyOf, mapOf, pairOf, type Proposal, valueOf } from './contract-editor.js'

/** Edits of a reference: it is removed, and leads to other components of its kind. */
export const referenceEdits = (editor: ContractEditor, object: YAMLMap, components: YAMLMap): Proposal[] => {
  const pair = pairOf(object, '$ref')
  if (!pair) return []
  const [, , section = '', name = ''] = ['', ...tokensOf(String(valueOf(pair.value)).slice(1))]
  const names = (mapOf(components, section)?.items ?? []).map(keyOf)
  const at = names.indexOf(name)
  const others = new Set([names[(at + 1) % names.length], names.at(at - 1)])
  return [
    ...editor.remove('reference', object, '$ref'),
    ...[...others].flatMap(other =>
      other === undefined || other === name
        ? []
        : [editor.change('reference', pair, `#/components/${section}/${other}`, `refer to \`${other}\``)]
    )
  ]
}

/** Edits of the components of a contract: each is removed, and each section of them. */
export const componentsEdits = (editor: ContractEditor, components: YAMLMap): Proposal[] =>
  components.items.map(keyOf).flatMap(section => {
    const map = mapOf(components, section)
    return [
      ...editor.remove('component', components, section),
      ...(map ? map.items.flatMap(pair => editor.remove('component', map, keyOf(pair))) : [])
    ]
  })
