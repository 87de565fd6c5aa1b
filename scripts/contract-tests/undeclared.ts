import { isRecord, type Node, pointer } from '../../src/contract/index.js'
import { keyword, schemaMap, type View, viewOf } from '../contract-diff/schema-view.js'

/** A field of a value that its schema doesn't declare: where in the value, and the schema that would have to. */
export interface Undeclared {
  readonly path: string
  readonly pointer: string
}

type Fits = (schema: Node, value: unknown) => boolean

/**
 * The fields of a value that no schema declares, however deep: JSON Schema lets them pass, but nobody who reads the
 * contract expects them. A schema that says nothing of fields, or that has `additionalProperties`, declares them all.
 */
export const undeclaredIn = (schema: Node, value: unknown, fits: Fits, path = ''): Undeclared[] =>
  search(chosen(viewOf([schema]), value, fits), value, fits, path)

// What holds for a value: all that is said of it, and of the alternatives those that it fits.
const chosen = ({ parts, groups }: View, value: unknown, fits: Fits): View => {
  const branches = groups.flat().filter(branch => fits(branch, value))
  if (branches.length === 0) return { parts, groups: [] }
  const more = branches.map(branch => chosen(viewOf([branch]), value, fits))
  return { parts: [...parts, ...more.flatMap(view => view.parts)], groups: [] }
}

const search = (view: View, value: unknown, fits: Fits, path: string): Undeclared[] => {
  const follow = (schemas: readonly Node[], child: unknown, at: string): Undeclared[] =>
    schemas.length === 0 ? [] : search(chosen(viewOf(schemas), child, fits), child, fits, at)

  if (Array.isArray(value)) {
    const prefix = keyword(view, 'prefixItems')
    const items = keyword(view, 'items')
    return value.flatMap((item: unknown, index) => {
      const own = prefix.flatMap(({ contract, pointer: at, value: list }) =>
        Array.isArray(list) && index < list.length
          ? [{ contract, pointer: at + pointer(index), value: list[index] as unknown }]
          : []
      )
      return follow(own.length > 0 ? own : items, item, path + pointer(index))
    })
  }
  if (!isRecord(value)) return []
  const properties = schemaMap(view, 'properties')
  const open = keyword(view, 'additionalProperties').length > 0 || keyword(view, 'patternProperties').length > 0
  const more = keyword(view, 'additionalProperties').filter(({ value: schema }) => isRecord(schema))
  return Object.entries(value).flatMap(([name, child]) => {
    const schemas = properties.get(name)
    if (schemas) return follow(schemas, child, path + pointer(name))
    if (open || properties.size === 0) return follow(more, child, path + pointer(name))
    const owner = view.parts.find(({ value: schema }) => isRecord(schema) && !('$ref' in schema)) ?? view.parts[0]
    return [{ path: path + pointer(name), pointer: owner?.pointer ?? '' }]
  })
}
