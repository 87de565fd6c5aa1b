import { isMap, type YAMLMap } from 'yaml'
import { type ContractEditor, keyOf, pairOf, type Proposal, valueOf } from './contract-editor.js'

/** Edits of the paths of a contract. */
export const pathsEdits = (editor: ContractEditor, paths: YAMLMap): Proposal[] =>
  paths.items.flatMap(pair => {
    const path = keyOf(pair)
    const others = [`${path}s`, `${path}/`, path.toUpperCase()]
    return [
      ...editor.remove('path', paths, path),
      ...others.flatMap(other => editor.rename('path', paths, pair, other))
    ]
  })

/** Edits of the methods of a path. */
export const pathItemEdits = (editor: ContractEditor, item: YAMLMap): Proposal[] =>
  item.items.flatMap(pair => [
    ...editor.remove('method', item, keyOf(pair)),
    ...['get', 'post', 'put', 'delete'].flatMap(method => editor.rename('method', item, pair, method))
  ])

const parameter = { name: 'page', in: 'query', description: 'The page.', schema: { type: 'integer' } }

/**
 * Edits of an operation, without its answers. Its summary, its description and its tags are for people, and left alone.
 *
 * @param ids the operationIds of the contract
 * @param schemes the names of its security schemes
 */
export const operationEdits = (
  editor: ContractEditor,
  operation: YAMLMap,
  ids: readonly string[],
  schemes: readonly string[]
): Proposal[] => {
  const id = pairOf(operation, 'operationId')
  const others = [`${String(valueOf(id?.value))}Now`, ...ids].filter(other => other !== valueOf(id?.value))
  return [
    ...editor.remove('operationId', operation, 'operationId'),
    ...(id ? others.map(other => editor.change('operationId', id, other)) : []),
    ...editor.remove('request body', operation, 'requestBody'),
    ...editor.remove('status', operation, 'responses'),
    ...editor.add('parameter', operation, 'parameters', [parameter]),
    ...editor.add('parameter', operation, 'parameters', [{ ...parameter, required: true }]),
    ...securityEdits(editor, operation, schemes)
  ]
}

const securityEdits = (editor: ContractEditor, operation: YAMLMap, schemes: readonly string[]): Proposal[] => {
  const pair = pairOf(operation, 'security')
  if (!pair) return []
  const alternatives = valueOf(pair.value)
  const list: readonly unknown[] = Array.isArray(alternatives) ? alternatives : []
  const [scheme = ''] = schemes
  const others: unknown[] = [
    [],
    [{}],
    [...list, {}],
    [{}, ...list],
    [{ [scheme]: [] }],
    [{ [scheme]: ['users:read'] }],
    [...list, { Other: [] }]
  ]
  return [
    ...editor.remove('security', operation, 'security'),
    ...others
      .filter(other => JSON.stringify(other) !== JSON.stringify(list))
      .map(other => editor.change('security', pair, other))
  ]
}

/** Edits of the security schemes of a contract. */
export const securitySchemesEdits = (editor: ContractEditor, schemes: YAMLMap): Proposal[] =>
  schemes.items.flatMap(pair => {
    const scheme = pair.value
    if (!isMap(scheme)) return []
    const type = pairOf(scheme, 'type')
    const others = [
      { type: 'http', scheme: 'bearer' },
      { type: 'http', scheme: 'basic' },
      { type: 'apiKey', in: 'header', name: 'Authorization' }
    ]
    return [
      ...editor.remove('security scheme', schemes, keyOf(pair)),
      ...editor.rename('security scheme', schemes, pair, 'Bearer'),
      ...others.map(other => editor.change('security scheme', pair, other)),
      ...(type ? ['http', 'apiKey'].map(other => editor.change('security scheme', type, other)) : []),
      ...['type', 'flows'].flatMap(key => editor.remove('security scheme', scheme, key))
    ]
  })

/** Edits of the flows of a security scheme. */
export const flowsEdits = (editor: ContractEditor, flows: YAMLMap): Proposal[] =>
  flows.items.flatMap(pair => {
    const flow = pair.value
    if (!isMap(flow)) return []
    const [url, scopes] = [pairOf(flow, 'tokenUrl'), pairOf(flow, 'scopes')]
    return [
      ...editor.remove('security scheme', flows, keyOf(pair)),
      ...editor.rename('security scheme', flows, pair, 'clientCredentials'),
      ...['tokenUrl', 'scopes'].flatMap(key => editor.remove('security scheme', flow, key)),
      ...(url ? ['/login', 'https://example.com/token'].map(to => editor.change('security scheme', url, to)) : []),
      ...(scopes ? [editor.change('security scheme', scopes, { 'users:read': 'Read users.' })] : []),
      ...editor.add('security scheme', flow, 'refreshUrl', '/token')
    ]
  })

/** Edits of a server. Removing it isn't one: without `servers` there is one with the URL `/` (OpenAPI 3.1 §4.8.1). */
export const serverEdits = (editor: ContractEditor, server: YAMLMap): Proposal[] => {
  const url = pairOf(server, 'url')
  return url ? ['/v2', 'https://example.com'].map(to => editor.change('server', url, to)) : []
}
