import { isRecord } from '../document/record.js'
import type { Evaluated } from './evaluated.js'

// Whether a property may leave: a schema speaks of it, or none says which properties there are.
const isDeclared = (name: string, { names, mentioned, isClosed, unwanted }: Evaluated): boolean =>
  unwanted?.has(name) !== true && (!isClosed || names.has(name) || mentioned?.has(name) === true)

/** The way to the first property of a value that no schema names, if there is one. */
export const undeclaredIn = (value: unknown, evaluated: Evaluated): readonly string[] | undefined => {
  const within = (name: string, below: Evaluated | undefined, part: unknown): readonly string[] | undefined => {
    const found = below && undeclaredIn(part, below)
    return found && [name, ...found]
  }
  if (Array.isArray(value)) {
    for (const [index, below] of evaluated.below ?? []) {
      const found = within(String(index), below, value[index])
      if (found) return found
    }
  } else if (isRecord(value)) {
    for (const name of Object.keys(value)) {
      const found = isDeclared(name, evaluated) ? within(name, evaluated.names.get(name), value[name]) : [name]
      if (found) return found
    }
  }
  return undefined
}

/** A value without what no schema names, its properties in the order in which the schemas name them. */
export const sendable = (value: unknown, evaluated: Evaluated): unknown => {
  if (Array.isArray(value)) {
    const { below } = evaluated
    if (!below) return value
    return value.map((item: unknown, index) => {
      const known = below.get(index)
      return known ? sendable(item, known) : item
    })
  }
  if (!isRecord(value)) return value
  const { names } = evaluated
  const declared = Object.keys(value).filter(name => isDeclared(name, evaluated))
  const ordered = new Set([...names.keys(), ...declared])
  return Object.fromEntries(
    [...ordered].flatMap(name => {
      if (!Object.hasOwn(value, name) || !isDeclared(name, evaluated)) return []
      const below = names.get(name)
      return [[name, below ? sendable(value[name], below) : value[name]]]
    })
  )
}
