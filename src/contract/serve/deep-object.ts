import { decodedField, type RawFields } from './raw-fields.js'
import { addText, type Text, textOf } from './text.js'

type Branch = Map<string, Text>

// Objects in objects aren't in the specification's table. What is nested deeper belongs to nobody.
const deepest = 32

/** Whether a field belongs to the value of a name in the style `deepObject`. */
export const isDeepField = (name: string, field: string): boolean => keysOf(name, field) !== undefined

/**
 * The text of an object in the style `deepObject`: `color[R]=100&color[G]=200`, and `color[a][b]=1` for an object in it;
 * `undefined` if no field belongs to it.
 */
export const deepText = (name: string, fields: RawFields): ReadonlyMap<string, Text> | undefined => {
  const root: Branch = new Map()
  for (const [field, values] of fields) {
    const keys = keysOf(name, field)
    const last = keys?.pop()
    if (keys === undefined || last === undefined) continue
    let branch = root
    for (const key of keys) branch = branchAt(branch, key)
    addText(branch, last, textOf(values, decodedField))
  }
  return root.size > 0 ? root : undefined
}

// A key with a value of its own and with keys below it is a list of both, which no schema of one or the other takes.
const branchAt = (branch: Branch, key: string): Branch => {
  const known = branch.get(key)
  if (known instanceof Map) return known as Branch
  const made: Branch = new Map()
  addText(branch, key, made)
  return made
}

const keysOf = (name: string, field: string): string[] | undefined => {
  if (!field.startsWith(`${name}[`) || !field.endsWith(']')) return undefined
  const keys = field.slice(name.length + 1, -1).split('][', deepest + 1)
  return keys.length > deepest || keys.some(key => /[[\]]/.test(key)) ? undefined : keys
}
