import { isRecord } from '../../src/contract/index.js'
import { without } from './yaml-splices.js'

/** Where an object of the contract stands, as far as it says what could be a fault in it. */
export interface Use {
  /** Whether requests are held to it, and not answers. */
  readonly inRequest: boolean
  /** The name of the property that a schema is of; empty if it is of none. */
  readonly property: string
  readonly operationIds: readonly string[]
  readonly securitySchemes: readonly string[]
  /** The values that a field of a request has in the contract's examples. */
  readonly examples: (field: string) => readonly string[]
}

export type Entries = Readonly<Record<string, unknown>>

/** Other values in the place of one. */
export type Others = (value: unknown, use: Use, object: Entries) => readonly unknown[]

/** Entries that an object doesn't have, each tried alone. */
export type Additions = (object: Entries, use: Use) => readonly (readonly [key: string, value: unknown])[]

/** How the entries of a map are edited: each is removed, and what else. */
export interface EntryRules {
  readonly rename?: (name: string, use: Use) => readonly string[]
  readonly change?: Others
  readonly add?: Additions
}

export const plural = (name: string): string[] => [`${name}s`]
export const flip: Others = value => [value !== true]
export const items = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [])

/** The same list without one of its items, for each of them. */
export const fewer = (list: readonly unknown[]): unknown[] => list.map((_, index) => list.toSpliced(index, 1))

/** The same value with one thing in it removed or changed, for each thing in it. */
export const variantsOf = (value: unknown): unknown[] => {
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

export const addedHeader = { schema: { type: 'string', const: 'added' } }
export const addedParameter = { name: 'page', in: 'query', description: 'The page.', schema: { type: 'integer' } }

export const content: EntryRules = {
  rename: (_, { inRequest }) =>
    inRequest ? ['multipart/form-data', 'application/json', 'text/plain'] : ['application/problem+json', 'text/plain'],
  add: (map, { inRequest }) => {
    const [mediaType = {}] = Object.values(map) as Entries[]
    return [[inRequest ? 'application/json' : 'application/xml', without(mediaType, 'encoding')]]
  }
}

export const otherStatuses = (status: string): string[] => [
  `${status.slice(0, 1)}99`,
  `${status.slice(0, 1)}XX`,
  'default'
]

export const otherRequired: Others = (value, _use, { properties }) => {
  const optional = Object.keys(Object(properties) as object).filter(name => !items(value).includes(name))
  return [...fewer(items(value)), ...optional.map(name => [...items(value), name])]
}

export const alternatives: Others = (value, { securitySchemes: [scheme = ''] }) => [
  [],
  [{}],
  [...items(value), {}],
  [{}, ...items(value)],
  [{ [scheme]: [] }],
  [{ [scheme]: ['users:read'] }],
  [...items(value), { Other: [] }]
]

export const otherFlows: Others = flows =>
  Object.entries(Object(flows) as Record<string, object>).flatMap(([name, flow]) => [
    {},
    { clientCredentials: flow },
    ...[
      { tokenUrl: undefined },
      { scopes: undefined },
      { tokenUrl: '/login' },
      { tokenUrl: 'https://example.com/token' },
      { scopes: { 'users:read': 'Read users.' } },
      { refreshUrl: '/token' }
    ].map(change => ({ ...Object(flows), [name]: { ...flow, ...change } }) as object)
  ])

const otherTypes: Readonly<Record<string, string>> = {
  string: 'integer',
  integer: 'string',
  boolean: 'string',
  object: 'array',
  array: 'string',
  null: 'integer'
}

export const types: Others = (value, { inRequest, property }) => {
  const list = typeof value === 'string' ? [value] : items(value).map(String)
  const [first = '', ...rest] = list
  const other = otherTypes[first] ?? 'string'
  // A form has no `null`, and what is no field of it has one type for sure: there a wider one would say nothing new.
  const inForm = property === '' ? undefined : { string: 'array', array: 'object' }[first]
  const wider = inRequest ? inForm : list.includes('null') ? other : 'null'
  const lists = [[other, ...rest], ...(list.length > 1 ? fewer(list) : []), ...(wider ? [[...list, wider]] : [])]
  return lists.map(types => (Array.isArray(types) && types.length === 1 ? (types[0] as unknown) : types))
}

export const patterns: Others = value => {
  const bare = String(value).replace(/^\^/, '').replace(/\$$/, '')
  const anchored = [bare.slice(0, -1), bare.toUpperCase(), `(${bare}|other)`, '(?!)'].map(one => `^${one}$`)
  return [bare, `^${bare}`, `${bare}$`, ...anchored]
}

export const schemaAdditions: Additions = (schema, { inRequest, property, examples }) => {
  // Without the keyword a request may have more fields, and an answer may not leave with more.
  if (schema['properties']) return [['additionalProperties', !inRequest]]
  if (!inRequest) return []
  if (schema['type'] === 'array') {
    return [
      ['minItems', 2],
      ['maxItems', 1]
    ]
  }
  // What has a pattern or one value is as tight as can be: there these would say nothing new.
  if (schema['type'] !== 'string' || property === '' || schema['pattern'] || schema['const']) return []
  return [
    ['minLength', 8],
    ['maxLength', 64],
    ['pattern', '^[a-z0-9]*$'],
    ...(examples(property).length > 0 ? [['enum', examples(property)] as const] : [])
  ]
}
