import { isMap, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml'
import { type ContractEditor, itemsOf, keyOf, mapOf, pairOf, type Proposal, valueOf } from './contract-editor.js'

/** Where a schema is used, as far as it says what could be a fault in it. */
export interface SchemaUse {
  /** Whether requests are held to it, and not answers. */
  readonly inRequest: boolean
  /** The keys that lead to it. */
  readonly keys: readonly string[]
  /** The values that a field of this name has in the contract's examples. */
  readonly examples: (name: string) => readonly string[]
}

const kinds: Readonly<Record<string, string>> = {
  type: 'type',
  required: 'required',
  properties: 'property',
  pattern: 'pattern, const, length',
  const: 'pattern, const, length',
  enum: 'pattern, const, length',
  format: 'pattern, const, length'
}
const kindOf = (keyword: string): string => kinds[keyword] ?? 'structure of a schema'

// Annotations for people: they are no rules, and nothing is lost with them but words.
const annotations = new Set(['title', 'description', 'externalDocs', 'deprecated'])

const otherTypes: Readonly<Record<string, string>> = {
  string: 'integer',
  integer: 'string',
  boolean: 'string',
  object: 'array',
  array: 'string',
  null: 'integer'
}

/** Edits of the keywords of one schema; those of the schemas in it are their own. */
export const schemaEdits = (editor: ContractEditor, schema: YAMLMap, use: SchemaUse): Proposal[] => [
  ...schema.items
    .map(keyOf)
    .filter(key => !annotations.has(key) && key !== '$ref')
    .flatMap(key => editor.remove(kindOf(key), schema, key)),
  ...schema.items.flatMap(pair => keywordEdits(editor, schema, pair, use)),
  ...additions(editor, schema, use)
]

const keywordEdits = (editor: ContractEditor, schema: YAMLMap, pair: Pair, use: SchemaUse): Proposal[] => {
  const key = keyOf(pair)
  const change = (...values: readonly unknown[]): Proposal[] =>
    values.map(value => editor.change(kindOf(key), pair, value))
  switch (key) {
    case 'type':
      return typeEdits(editor, pair, use)
    case 'required':
      return requiredEdits(editor, schema, pair)
    case 'properties':
      return isMap(pair.value) ? propertyEdits(editor, pair.value) : []
    case 'pattern':
      return change(...otherPatterns(String(valueOf(pair.value))))
    case 'const':
      return change(`${String(valueOf(pair.value))}x`, String(valueOf(pair.value)).toUpperCase())
    case 'format':
      return change('email', 'date')
    case 'additionalProperties':
      return change(valueOf(pair.value) === false)
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
      return [
        ...editor.rename(kindOf(key), schema, pair, key === 'allOf' ? 'anyOf' : 'allOf'),
        ...itemsOf(pair.value).flatMap((_, index) =>
          isSeq(pair.value)
            ? [editor.removeItem(kindOf(key), pair.value, index, `remove item ${index} of \`${key}\``)]
            : []
        )
      ]
    default:
      return []
  }
}

const otherPatterns = (pattern: string): string[] => {
  const bare = pattern.replace(/^\^/, '').replace(/\$$/, '')
  return [
    bare,
    `^${bare}`,
    `${bare}$`,
    `^${bare.slice(0, -1)}$`,
    `^${bare.toUpperCase()}$`,
    `^(${bare}|other)$`,
    '^(?!)$'
  ]
}

const typeEdits = (editor: ContractEditor, pair: Pair, { inRequest, keys }: SchemaUse): Proposal[] => {
  const types = isSeq(pair.value)
    ? itemsOf(pair.value).map(item => String(valueOf(item)))
    : [String(valueOf(pair.value))]
  const [first = ''] = types
  const other = otherTypes[first] ?? 'string'
  const narrowed = types.length > 1 ? types.map(type => types.filter(one => one !== type)) : []
  // A form has no `null`, and what is no field of it has one type for sure: there a wider one would say nothing new.
  const wider = inRequest
    ? ({ string: 'array', array: 'object' }[first] ?? '')
    : types.includes('null')
      ? other
      : 'null'
  const widened = wider === '' || (inRequest && keys.at(-2) !== 'properties') ? [] : [[...types, wider]]
  const changed = [other, ...types.slice(1)]
  return [changed, ...narrowed, ...widened].map(list => editor.change('type', pair, list.length === 1 ? list[0] : list))
}

const requiredEdits = (editor: ContractEditor, schema: YAMLMap, pair: Pair): Proposal[] => {
  const list = pair.value
  if (!isSeq(list)) return []
  const names = itemsOf(list).map(item => String(valueOf(item)))
  const optional = (mapOf(schema, 'properties')?.items ?? []).map(keyOf).filter(name => !names.includes(name))
  return [
    ...names.map((name, index) => editor.removeItem('required', list, index, `no longer require \`${name}\``)),
    ...optional.map(name => editor.change('required', pair, [...names, name], `require \`${name}\``))
  ]
}

const propertyEdits = (editor: ContractEditor, properties: YAMLMap): Proposal[] =>
  properties.items.flatMap(pair => [
    ...editor.remove('property', properties, keyOf(pair)),
    ...editor.rename('property', properties, pair, `${keyOf(pair)}s`)
  ])

const additions = (editor: ContractEditor, schema: YAMLMap, { inRequest, keys, examples }: SchemaUse): Proposal[] => {
  const type = pairOf(schema, 'type')?.value
  const of = (name: string): boolean => isScalar(type) && type.value === name
  const field = keys.at(-2) === 'properties' ? (keys.at(-1) ?? '') : ''
  const add = (kind: string, key: string, value: unknown): Proposal[] => editor.add(kind, schema, key, value)
  if (of('object') && pairOf(schema, 'properties')) {
    // Without the keyword a request may have more fields, and an answer may not leave with more.
    return add('structure of a schema', 'additionalProperties', !inRequest)
  }
  if (!inRequest) return []
  if (of('array'))
    return [...add('pattern, const, length', 'minItems', 2), ...add('pattern, const, length', 'maxItems', 1)]
  // What has a pattern or one value is as tight as can be: there these would say nothing new.
  if (!of('string') || field === '' || pairOf(schema, 'pattern') || pairOf(schema, 'const')) return []
  return [
    ...add('pattern, const, length', 'minLength', 8),
    ...add('pattern, const, length', 'maxLength', 64),
    ...add('pattern, const, length', 'pattern', '^[a-z0-9]*$'),
    ...(examples(field).length > 0 ? add('pattern, const, length', 'enum', examples(field)) : [])
  ]
}
