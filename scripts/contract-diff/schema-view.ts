import { type Contract, entriesOf, isRecord, type Node, referred, within } from '../../src/contract/index.js'

/**
 * A schema as those see it who have to fit in it: its own keywords and those of all schemas that it refers to (`$ref`,
 * also with siblings) or is made of (`allOf`), which hold all at once, and its alternatives.
 */
export interface View {
  /** The Schema Objects whose keywords hold all at once, the schema's own first. */
  readonly parts: readonly Node[]
  /** The alternatives of each `anyOf` and `oneOf`: one of each has to fit. */
  readonly groups: readonly (readonly Node[])[]
  /** The one type that is looked at, for what lets in several. */
  readonly only?: string
}

/** Views by the pointers of their schemas: random values ask for the same ones thousands of times. */
const known = new WeakMap<Contract, Map<string, View>>()

/** The view of one schema, or of several of one contract that hold all at once; of none is that of `true`. */
export const viewOf = (schemas: readonly Node[]): View => {
  const [first] = schemas
  if (!first) return { parts: [], groups: [] }
  const views = known.get(first.contract) ?? new Map<string, View>()
  known.set(first.contract, views)
  const key = schemas.map(({ pointer }) => pointer).join('\n')
  const view = views.get(key) ?? newView(schemas)
  views.set(key, view)
  return view
}

const newView = (schemas: readonly Node[]): View => {
  const seen = new Set<string>() // a schema may be made of itself, which says nothing new
  const parts = schemas.flatMap(schema => partsOf(schema, seen))
  const groups = parts.flatMap(part => ['anyOf', 'oneOf'].map(name => branchesOf(part, name)))
  return { parts, groups: groups.filter(branches => branches.length > 1) }
}

const branchesOf = (part: Node, keyword: string): Node[] => entriesOf(within(part, keyword)).map(([, branch]) => branch)

const partsOf = (schema: Node, seen: Set<string>): Node[] => {
  if (seen.has(schema.pointer)) return []
  seen.add(schema.pointer)
  const target = referred(schema)
  const single = ['anyOf', 'oneOf'].map(name => branchesOf(schema, name)).filter(branches => branches.length === 1)
  const more = [...(target ? [target] : []), ...branchesOf(schema, 'allOf'), ...single.flat()]
  return [schema, ...more.flatMap(part => partsOf(part, seen))]
}

/** Where the parts of a view have a keyword. */
export const keyword = ({ parts }: View, name: string): Node[] => parts.flatMap(part => within(part, name) ?? [])

/** The schemas under a keyword that is a map of schemas (`properties`), by their names; those of one name hold at once. */
export const schemaMap = (view: View, name: string): Map<string, Node[]> => {
  const found = new Map<string, Node[]>()
  for (const [key, schema] of keyword(view, name).flatMap(map => entriesOf(map))) {
    found.set(key, [...(found.get(key) ?? []), schema])
  }
  return found
}

/** The names under `required`, and where they stand. */
export const requiredOf = (view: View): Map<string, Node> =>
  new Map(
    keyword(view, 'required')
      .flatMap(names => entriesOf(names))
      .map(([, entry]) => [String(entry.value), entry])
  )

const anyType = ['null', 'boolean', 'object', 'array', 'string', 'integer', 'number']

/**
 * The types that a view lets in. `number` stands for the numbers that are not integers: a schema of `number` lets in
 * both, so that sets can be compared.
 */
export const typesOf = (view: View, seen: readonly string[] = []): ReadonlySet<string> => {
  const sets = view.parts.map(part => {
    if (part.value === false) return new Set<unknown>()
    if (!isRecord(part.value)) return undefined
    const { type, enum: values, const: value } = part.value
    if (type !== undefined) {
      const types: unknown[] = Array.isArray(type) ? type : [type]
      return new Set<unknown>(types.includes('number') ? [...types, 'integer'] : types)
    }
    if (value !== undefined) return new Set([typeOf(value)])
    return Array.isArray(values) ? new Set(values.map(typeOf)) : undefined
  })
  const ofGroups = view.groups.map(branches => {
    const types = branches.map(branch =>
      seen.includes(branch.pointer) ? anyType : [...typesOf(viewOf([branch]), [...seen, branch.pointer])]
    )
    return new Set<unknown>(types.flat())
  })
  const looked = anyType.filter(type => view.only === undefined || view.only === type)
  return new Set(looked.filter(type => [...sets, ...ofGroups].every(set => set === undefined || set.has(type))))
}

const typeOf = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

/** The values that `enum` and `const` let in, as JSON; `undefined` if any. */
export const valuesOf = (view: View): readonly string[] | undefined => {
  const lists = [
    ...keyword(view, 'enum').map(({ value }) => (Array.isArray(value) ? (value as unknown[]) : [])),
    ...keyword(view, 'const').map(({ value }) => [value])
  ].map(values => values.map(value => JSON.stringify(value)))
  return lists.length === 0 ? undefined : lists.reduce((all, values) => all.filter(one => values.includes(one)))
}
