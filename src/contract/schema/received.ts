import { isRecord } from '../document/record.js'
import type { Evaluated } from './evaluated.js'

/**
 * A value as the server gets it, changed in place: without the properties that aren't for it (`readOnly`), and with the
 * defaults of those that are missing.
 */
export const received = (value: unknown, evaluated: Evaluated): unknown => {
  if (Array.isArray(value)) {
    for (const [index, below] of evaluated.below ?? []) received(value[index], below)
  } else if (isRecord(value)) {
    for (const [name, below] of evaluated.names) if (below) received(value[name], below)
    for (const name of evaluated.unwanted ?? []) Reflect.deleteProperty(value, name)
    for (const [name, preset] of evaluated.defaults ?? []) {
      if (Object.hasOwn(value, name)) continue
      // Not assigned: `__proto__` is a name like any other.
      Object.defineProperty(value, name, {
        value: structuredClone(preset),
        writable: true,
        enumerable: true,
        configurable: true
      })
    }
  }
  return value
}
