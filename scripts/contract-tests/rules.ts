import { isRecord, type Node, pointer, within } from '../../src/contract/index.js'
import { keyword, schemaMap, type View, viewOf } from '../contract-diff/schema-view.js'
import { isChecked } from './judge-dialect.js'

export type Path = readonly (string | number)[]

/** A keyword of a schema that a value can break, at one place in the value. */
export interface Rule {
  /** The pointer of the keyword; for `required` that of the name in its list. */
  readonly pointer: string
  readonly keyword: string
  /** What the keyword says. */
  readonly value: unknown
  /** The very Schema Object that has the keyword. */
  readonly owner: unknown
  /** Where in the value: of what is missing, for `required`. */
  readonly path: Path
  /** All schemas that hold there. */
  readonly schemas: readonly Node[]
  /** Whether it is about what the server decides: a request with it may be ignored or refused, whatever it says. */
  readonly isServers: boolean
}

// Keywords that say something of a value by themselves. Those that only hold schemas are looked through.
const asserting = new Set(
  (
    'type enum const pattern minLength maxLength minimum maximum exclusiveMinimum exclusiveMaximum multipleOf format ' +
    'minItems maxItems uniqueItems minProperties maxProperties anyOf oneOf not if contains propertyNames ' +
    'dependentRequired additionalProperties unevaluatedProperties'
  ).split(' ')
)

const says = (name: string, value: unknown): boolean => {
  if (!asserting.has(name)) return false
  if (name === 'format') return isChecked(value)
  if (name === 'additionalProperties' || name === 'unevaluatedProperties') return value === false
  return name !== 'uniqueItems' || value === true
}

/** Every rule of the schemas that hold for a value, and of the values in it, each once, in the order of the contract. */
export const rulesOf = (
  schemas: readonly Node[],
  path: Path = [],
  above: readonly string[] = [],
  isInServers = false
): Rule[] => {
  const view = viewOf(schemas)
  const isServers = isInServers || isReadOnly(view)
  const parts = view.parts.filter(part => !above.includes(part.pointer)) // a schema that contains itself ends here
  const inner = [...above, ...parts.map(part => part.pointer)]
  const own = parts.flatMap(part =>
    isRecord(part.value)
      ? Object.entries(part.value).flatMap(([name, value]): Rule[] => {
          const common = { keyword: name, value, owner: part.value, schemas, isServers }
          const at = part.pointer + pointer(name)
          if (name !== 'required') return says(name, value) ? [{ ...common, pointer: at, path }] : []
          const names = Array.isArray(value) ? (value as string[]) : []
          return names.map((one, index) => ({
            ...common,
            pointer: at + pointer(index),
            path: [...path, one],
            isServers: isServers || isReadOnly(viewOf(schemaMap(view, 'properties').get(one) ?? []))
          }))
        })
      : []
  )
  if (parts.length === 0) return []
  const properties = [...schemaMap(view, 'properties')].flatMap(([name, nodes]) =>
    rulesOf(nodes, [...path, name], inner, isServers)
  )
  const items = keyword(view, 'items').filter(({ value }) => isRecord(value))
  const prefix = keyword(view, 'prefixItems').flatMap(list =>
    (Array.isArray(list.value) ? list.value : []).flatMap((_, index) => {
      const schema = within(list, index)
      return schema ? rulesOf([schema], [...path, index], inner, isServers) : []
    })
  )
  const after = prefix.length > 0 ? [] : items.length > 0 ? rulesOf(items, [...path, 0], inner, isServers) : []
  return [...own, ...properties, ...prefix, ...after]
}

/** Whether a schema is for what only the server says (OpenAPI 3.1 refers to JSON Schema Validation §9.4). */
export const isReadOnly = (view: View): boolean => keyword(view, 'readOnly').some(({ value }) => value === true)

/** Whether a schema is for what no answer has. */
export const isWriteOnly = (view: View): boolean => keyword(view, 'writeOnly').some(({ value }) => value === true)

/** What a rule says, in a few words. */
export const wordsOf = ({ keyword: name, path, value }: Rule): string => {
  const said = typeof value === 'string' || typeof value === 'number' ? ` ${value}` : ''
  return `\`${name}${name === 'required' ? '' : said}\`${path.length > 0 ? ` of ${path.join('.')}` : ''}`
}
