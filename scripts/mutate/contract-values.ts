import { isRecord, type Kind, pointer, tokensOf } from '../../src/contract/index.js'

/** Where an object of the contract stands, as far as it says what could be a fault in it. */
export interface Use {
  /** Whether requests are held to it, and not answers. */
  readonly inRequest: boolean
  /** Whether it is the schema of a property. */
  readonly isProperty: boolean
  /** The names of the components of one section. */
  readonly components: (section: string) => readonly string[]
}

export type Entries = Readonly<Record<string, unknown>>

/** The same object without one of its keys. */
export const without = (object: Entries, key: string): Entries =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== key))

const items = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [])

/** The same list without one of its items, for each of them. */
const fewer = (value: unknown): unknown[] => items(value).map((_, index) => items(value).toSpliced(index, 1))

/** The same value with one thing in it removed or changed, for each thing in it. */
const variantsOf = (value: unknown): unknown[] => {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value
    return [...fewer(list), ...list.flatMap((one, index) => variantsOf(one).map(other => list.with(index, other)))]
  }
  if (!isRecord(value)) return [typeof value === 'boolean' ? !value : `${String(value)}x`]
  return Object.entries(value).flatMap(([key, one]) => [
    without(value, key),
    ...variantsOf(one).map(other => ({ ...value, [key]: other }))
  ])
}

const otherTypes: Entries = { string: 'integer', integer: 'string', object: 'array', null: 'integer' }

type Others = (value: unknown, use: Use, object: Entries) => readonly unknown[]

/** The other values of keywords for which those that any value has wouldn't do. */
const valuesOf: Readonly<Record<string, Others>> = {
  servers: () => [[{ url: '/v2' }], [{ url: 'https://example.com' }]],
  security: (value, { components }) => [
    [],
    ...(items(value).length > 0 ? [[...items(value), {}]] : []),
    ...components('securitySchemes').flatMap(scheme => [[{ [scheme]: [] }], [{ [scheme]: ['users:read'] }]])
  ],
  flows: variantsOf,
  // Clients read examples as promises, and tests are derived from them. Those of requests are left as they are, because
  // another unknown user, say, is as good an example of one.
  value: (value, { inRequest }) => (inRequest ? [] : variantsOf(value)),
  style: () => ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  $ref: (ref, { components }) => {
    const [, section = '', name = ''] = tokensOf(String(ref).slice(1))
    const all = components(section)
    const at = all.indexOf(name)
    return [all[(at + 1) % all.length], all.at(at - 1)].map(other => `#${pointer('components', section, other ?? '')}`)
  },
  required: (value, _use, { properties }) => {
    if (typeof value === 'boolean') return [!value]
    const optional = Object.keys(Object(properties) as object).filter(name => !items(value).includes(name))
    return [...fewer(value), ...optional.map(name => [...items(value), name])]
  },
  type: (value, { inRequest }) => {
    const [first, ...rest] = [value].flat()
    // No form has a `null`, and in an `allOf` an object that may be one lets in nothing more.
    const wider = inRequest || first === 'object' || rest.includes('null') ? [] : [[first, ...rest, 'null']]
    const lists = [[otherTypes[String(first)] ?? 'string', ...rest], ...(rest.length > 0 ? fewer(value) : []), ...wider]
    return lists.map(list => (items(list).length === 1 ? items(list)[0] : list))
  },
  pattern: value => {
    const bare = String(value).replace(/^\^/, '').replace(/\$$/, '')
    return [bare, `^${bare}`, `${bare}$`, `^${bare.toUpperCase()}$`, `^(${bare}|other)$`, '^(?!)$']
  }
}

/** The values that stand in the place of the one under a key, each tried alone. */
export const otherValues = (key: string, object: Entries, use: Use): readonly unknown[] => {
  const value = object[key]
  const special = valuesOf[key]
  if (special) return special(value, use, object)
  if (typeof value === 'boolean') return [!value]
  if (typeof value === 'number') return [value - 1, value + 1]
  return typeof value === 'string' ? [`${value}x`] : fewer(value)
}

const header = { schema: { type: 'string', const: 'added' } }
const parameter = { name: 'page', in: 'query', description: 'The page.', schema: { type: 'integer' } }

/** What is added to an object, by its keys, each value tried alone. */
export const additionsTo = (kind: Kind, object: Entries, use: Use): Readonly<Record<string, readonly unknown[]>> => {
  const { parameters, headers, properties, additionalProperties, type, pattern, const: only } = object
  if (kind === 'Operation') {
    return { parameters: [parameter, { ...parameter, required: true }].map(one => [...items(parameters), one]) }
  }
  if (kind === 'Response' && !('$ref' in object)) return { headers: [{ ...Object(headers), 'X-Added': header }] }
  if (kind !== 'Schema') return {}
  // Without the keyword a request may have more fields, and an answer may not leave with more.
  if (properties !== undefined && additionalProperties === undefined) return { additionalProperties: [!use.inRequest] }
  if (!use.inRequest) return {}
  if (type === 'array') return { minItems: [2], maxItems: [1] }
  // What has a pattern or one value is as tight as can be: there these would say nothing new.
  if (type !== 'string' || !use.isProperty || pattern !== undefined || only !== undefined) return {}
  return { minLength: [8], maxLength: [64], pattern: ['^[a-z0-9]*$'] }
}
