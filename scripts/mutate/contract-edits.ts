import { isMap, parseDocument, type YAMLMap } from 'yaml'
import { isRecord, pointer } from '../../src/contract/index.js'
import { ContractEditor, keyOf, mapOf, type Proposal, valueOf } from './contract-editor.js'
import { type Edit, lineAndColumn, spliced } from './edit.js'
import { examplesEdits } from './example-edits.js'
import {
  contentEdits,
  encodingsEdits,
  headerEdits,
  headersEdits,
  mediaTypeEdits,
  requestBodyEdits,
  responseEdits,
  responsesEdits
} from './message-edits.js'
import { type OpenapiObject, openapiObjects } from './openapi-objects.js'
import {
  flowsEdits,
  operationEdits,
  pathItemEdits,
  pathsEdits,
  securitySchemesEdits,
  serverEdits
} from './operation-edits.js'
import { componentsEdits, referenceEdits } from './reference-edits.js'
import { schemaEdits } from './schema-edits.js'

/**
 * Every edit of one keyword of a contract that can be thought of. Not the annotations, which are for people only
 * (`info`, `title`, `summary`, `description`, `tags`, `externalDocs`). Two edits that make the same text are one.
 *
 * @param text the contract, as it is written
 */
export const contractEdits = (text: string): Edit[] => {
  const tree = parseDocument(text)
  const root = tree.contents
  if (!isMap(root)) throw new TypeError('The contract is not a mapping')
  const editor = new ContractEditor(text)
  const facts = factsOf(root)
  const made = new Set([text])
  const edits: Edit[] = []
  for (const one of openapiObjects(root)) {
    for (const { kind, what, at, splice } of editsOf(editor, one, facts)) {
      const after = spliced(text, splice)
      if (made.has(after)) continue
      made.add(after)
      const place = `openapi.yaml:${lineAndColumn(text, at)}`
      edits.push({ file: 'openapi.yaml', place, object: pointer(...one.keys), kind, what, splice })
    }
  }
  return edits.sort((a, b) => a.splice.start - b.splice.start)
}

/** What some edits have to know of the whole contract. */
interface Facts {
  readonly components: YAMLMap
  readonly operationIds: readonly string[]
  readonly schemes: readonly string[]
  /** The names of the schemas that requests are held to. */
  readonly requestSchemas: ReadonlySet<string>
  readonly requestExamples: (name: string) => readonly string[]
}

const factsOf = (root: YAMLMap): Facts => {
  const components = mapOf(root, 'components')
  if (!components) throw new TypeError('The contract has no components')
  const bodies = mapOf(components, 'requestBodies')
  const schemas: unknown = valueOf(mapOf(components, 'schemas'))
  const requestSchemas = new Set<string>()
  const follow = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value ?? null).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (requestSchemas.has(name)) continue
      requestSchemas.add(name)
      follow(isRecord(schemas) ? schemas[name] : undefined)
    }
  }
  follow(valueOf(bodies))
  const operations = openapiObjects(root).filter(({ kind }) => kind === 'operation')
  return {
    components,
    operationIds: operations.flatMap(({ node }) => (isMap(node) ? [String(node.get('operationId'))] : [])),
    schemes: (mapOf(components, 'securitySchemes')?.items ?? []).map(keyOf),
    requestSchemas,
    requestExamples: name => [...new Set(textsUnder(valueOf(bodies), name))]
  }
}

const textsUnder = (value: unknown, name: string): string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) =>
    key === name && typeof child === 'string' ? [child] : textsUnder(child, name)
  )
}

const editsOf = (editor: ContractEditor, { kind, node, keys }: OpenapiObject, facts: Facts): Proposal[] => {
  if (!isMap(node)) return []
  const [, , section, component = ''] = ['', ...keys]
  const inRequest = keys.includes('requestBodies') || (section === 'schemas' && facts.requestSchemas.has(component))
  const references = referenceEdits(editor, node, facts.components)
  switch (kind) {
    case 'document':
      return node.items.filter(pair => keyOf(pair) === 'openapi').map(pair => editor.change('version', pair, '3.0.3'))
    case 'server':
      return serverEdits(editor, node)
    case 'paths':
      return pathsEdits(editor, node)
    case 'pathItem':
      return pathItemEdits(editor, node)
    case 'operation':
      return operationEdits(editor, node, facts.operationIds, facts.schemes)
    case 'requestBody':
      return [...references, ...requestBodyEdits(editor, node)]
    case 'responses':
      return responsesEdits(editor, node)
    case 'response':
      return [...references, ...responseEdits(editor, node)]
    case 'headers':
      return section === 'headers' ? [] : headersEdits(editor, node)
    case 'header':
      return [...references, ...headerEdits(editor, node)]
    case 'content':
      return contentEdits(editor, node, inRequest)
    case 'mediaType':
      return mediaTypeEdits(editor, node)
    case 'encodings':
      return encodingsEdits(editor, node)
    case 'examples':
      return examplesEdits(editor, node, inRequest)
    case 'schema':
      return [...references, ...schemaEdits(editor, node, { inRequest, keys, examples: facts.requestExamples })]
    case 'components':
      return componentsEdits(editor, node)
    case 'securitySchemes':
      return securitySchemesEdits(editor, node)
    case 'flows':
      return flowsEdits(editor, node)
    case 'servers':
    case 'security':
    case 'componentResponses':
    case 'encoding':
    case 'example':
    case 'properties':
    case 'schemaList':
    case 'requestBodies':
    case 'schemas':
    case 'securityScheme':
    case 'flow':
      return [] // edited by what they stand in
  }
}
