import { entriesOf, find, type Node, placeOf } from '../../src/contract/index.js'
import type { Detail } from './change.js'

/** How a value is written (OpenAPI 3.1 §4.8.12.2, §4.8.15); `style` is what holds where none is said. */
const serializationOf = (node: Node | undefined, defaultStyle: string): Readonly<Record<string, unknown>> => {
  const style = find(node, 'style')?.value ?? defaultStyle
  const explode = find(node, 'explode')?.value ?? style === 'form'
  const contentType = find(node, 'contentType')?.value ?? entriesOf(find(node, 'content'))[0]?.[0]
  return { style, explode, contentType }
}

/** The style of a parameter, a header or a field of a form that doesn't say its own. */
export const defaultStyleOf = (parameter: Node): string =>
  ['query', 'cookie'].some(place => place === find(parameter, 'in')?.value) ? 'form' : 'simple'

/** Whether each item of a list is written by itself (`a=1&a=2`), so that a list of one is written as its item is. */
export const isRepeated = (node: Node | undefined, defaultStyle: string): boolean => {
  const { style, explode, contentType } = serializationOf(node, defaultStyle)
  return style === 'form' && explode === true && contentType === undefined
}

/** The change from one way of writing a value to another, by a parameter, a header or an Encoding Object. */
export const serializationChange = (
  before: Node | undefined,
  after: Node | undefined,
  defaultStyle: string,
  noun: string
): Detail[] => {
  const [old, now] = [serializationOf(before, defaultStyle), serializationOf(after, defaultStyle)]
  const keywords = Object.keys(now).filter(name => old[name] !== now[name])
  const [first] = [after, before].flatMap(node => keywords.flatMap(name => find(node, name) ?? []))
  const node = first ?? after ?? before
  if (keywords.length === 0 || node === undefined) return []
  const names = keywords.map(name => `\`${name}\``).join(', ')
  return [{ place: placeOf(node), clause: `${noun} is now written in another way (${names})`, breaking: true }]
}
