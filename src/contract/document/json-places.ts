import { LineCounter } from 'yaml'
import { isCollectionAt, type Member, membersAt, startOf } from './json-scanner.js'
import type { Place } from './place.js'
import { tokensOf } from './pointer.js'

/**
 * Tells where in a JSON text things stand, by the same rule as `placeOf` in YAML. What it has once looked through it
 * knows: each object on the way to a place, but nothing of what is in the others, so that a large text stays cheap.
 *
 * @throws {NotJson} when it is asked, if the text isn't JSON as far as it has to be read
 */
export const jsonPlaces = (text: string): ((path: string, part?: 'key' | 'value') => Place) => {
  const known = new Map<number, ReadonlyMap<string, Member>>()
  const membersOf = (at: number): ReadonlyMap<string, Member> => {
    const members = known.get(at) ?? new Map(isCollectionAt(text, at) ? membersAt(text, at) : [])
    known.set(at, members)
    return members
  }
  let lines: LineCounter | undefined
  return (path, part = 'value') => {
    let value = startOf(text)
    let found = value
    for (const token of tokensOf(path)) {
      const member = membersOf(value).get(token)
      if (!member) break
      value = member.value
      found = part === 'key' || isCollectionAt(text, value) ? member.key : value
    }
    const { line, col } = (lines ??= linesOf(text)).linePos(found)
    return { line, column: col }
  }
}

const linesOf = (text: string): LineCounter => {
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) lines.addNewLine(end + 1)
  return lines
}
