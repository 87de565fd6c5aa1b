/** What stands under a key of an object, or in a list: the offsets of the key, and of the value. */
export interface Member {
  readonly key: number
  readonly value: number
}

/** The text isn't JSON: it is broken, or YAML that begins like JSON. */
export class NotJson extends Error {
  override readonly name = 'NotJson'
}

const skipBlanks = (text: string, from: number): number => {
  let at = from
  while (text.charCodeAt(at) <= 0x20) at += 1
  return at
}

const endOfString = (text: string, start: number): number => {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text[end - 1 - backslashes] === '\\') backslashes += 1
    if (backslashes % 2 === 0) return end + 1
  }
  throw new NotJson()
}

const scalar = /[^\s,:[\]{}"]+/y

const endOfValue = (text: string, start: number): number => {
  if (text[start] === '"') return endOfString(text, start)
  if (text[start] !== '{' && text[start] !== '[') {
    scalar.lastIndex = start
    if (!scalar.test(text)) throw new NotJson()
    return scalar.lastIndex
  }
  let depth = 0
  for (let at = start; at < text.length;) {
    const character = text[at]
    if (character === '"') {
      at = endOfString(text, at)
      continue
    }
    at += 1
    if (character === '{' || character === '[') depth += 1
    else if (character === '}' || character === ']') depth -= 1
    if (depth === 0) return at
  }
  throw new NotJson()
}

/** The string of JSON that starts at an offset, decoded. */
export const stringAt = (text: string, start: number): string => {
  const end = endOfString(text, start)
  const raw = text.slice(start + 1, end - 1)
  return raw.includes('\\') ? String(JSON.parse(text.slice(start, end))) : raw
}

/** Whether what stands at an offset is an object or a list. */
export const isCollectionAt = (text: string, at: number): boolean => text[at] === '{' || text[at] === '['

/** The offset at which the value of a JSON text starts. */
export const startOf = (text: string): number => skipBlanks(text, text.startsWith('\uFEFF') ? 1 : 0)

/**
 * The members of the object or the list that starts at an offset, by their keys or indexes, in their order, one at a
 * time: nothing behind a member is read before the next one is asked for.
 *
 * @throws {NotJson}
 */
export function* membersAt(text: string, start: number): Generator<[name: string, member: Member], void> {
  const isList = text[start] === '['
  const close = isList ? ']' : '}'
  let at = skipBlanks(text, start + 1)
  if (text[at] === close) return
  for (let index = 0; ; index += 1) {
    const key = at
    if (!isList) {
      if (text[at] !== '"') throw new NotJson()
      at = skipBlanks(text, endOfString(text, at))
      if (text[at] !== ':') throw new NotJson()
      at = skipBlanks(text, at + 1)
    }
    yield [isList ? String(index) : stringAt(text, key), { key, value: at }]
    at = skipBlanks(text, endOfValue(text, at))
    if (text[at] === close) return
    if (text[at] !== ',') throw new NotJson()
    at = skipBlanks(text, at + 1)
  }
}

/** How many keys there are in a well-formed JSON text: strings with a colon behind them. */
const keysIn = (text: string): number => {
  let count = 0
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at)) {
    at = skipBlanks(text, endOfString(text, at))
    if (text[at] === ':') count += 1
  }
  return count
}

const keysOf = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) count += keysOf(item)
    return count
  }
  for (const item of Object.values(value)) count += 1 + keysOf(item)
  return count
}

/**
 * The offsets of the keys in a well-formed JSON text that stand in an object which has had them before. To count keys is
 * a tenth of the work of comparing them, so they are compared only where the text has more of them than its value.
 */
export const duplicateKeys = (text: string, value: unknown): number[] => {
  if (keysIn(text) === keysOf(value)) return []
  const found: number[] = []
  const search = (start: number): void => {
    const seen = new Set<string>()
    for (const [name, member] of membersAt(text, start)) {
      if (seen.has(name)) found.push(member.key)
      seen.add(name)
      if (isCollectionAt(text, member.value)) search(member.value)
    }
  }
  search(startOf(text))
  return found
}
