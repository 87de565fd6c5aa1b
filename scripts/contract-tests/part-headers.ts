import * as fc from 'fast-check'
import { entriesOf, find, type Node } from '../../src/contract/index.js'
import { styleOf, written } from './style.js'
import { valueArbitrary } from './values.js'

const known = new WeakMap<object, readonly string[]>()

/** The lines of a part's head that an Encoding Object requires, each with its example or a value that fits. */
export const requiredHeaders = (encoding: Node | undefined): readonly string[] => {
  const headers = find(encoding, 'headers')
  if (typeof headers?.value !== 'object' || headers.value === null) return []
  const lines = known.get(headers.value) ?? entriesOf(headers).flatMap(([name, header]) => lineOf(name, header))
  known.set(headers.value, lines)
  return lines
}

const lineOf = (name: string, header: Node): string[] => {
  if (find(header, 'required')?.value !== true || name.toLowerCase() === 'content-type') return []
  const schema = find(header, 'schema') ?? find(entriesOf(find(header, 'content'))[0]?.[1], 'schema')
  const style = styleOf(
    { explode: find(header, 'explode')?.value === true, content: find(header, 'content')?.value as object | undefined },
    'header'
  )
  const characters = /^[!-~]*$/
  const writing = { kind: 'text', characters, emptyIsAbsent: false, repeatable: false, style } as const
  const value =
    find(header, 'example')?.value ??
    (schema ? fc.sample(valueArbitrary([schema], { writing }), { seed: 1, numRuns: 1 })[0] : 'x')
  return [`${name}: ${written(name, value, style)}`]
}
