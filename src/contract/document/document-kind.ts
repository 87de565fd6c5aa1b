import type { Finding, PlaceOf } from './finding.js'
import { linePlace } from './place.js'
import { pointer } from './pointer.js'
import { isRecord } from './record.js'

const others = new Map([
  ['swagger', 'Swagger'],
  ['asyncapi', 'AsyncAPI'],
  ['arazzo', 'Arazzo'],
  ['overlay', 'Overlay']
])

const otherKind = (key: string, version: unknown, place: string): Finding => {
  const name = others.get(key) ?? key
  const todo = key === 'swagger' ? 'Convert it to OpenAPI 3.1.' : 'Give the OpenAPI document.'
  return { place, what: `is ${name} ${String(version)}, not OpenAPI.`, todo }
}

const noVersion = (place: string): Finding => ({
  place,
  what: 'says no OpenAPI version.',
  todo: 'Write `openapi: 3.1.0`.'
})

/** That a document is of another kind than OpenAPI, by its keys; `undefined` if it says that it is OpenAPI. */
export const kindFinding = (document: unknown, place: PlaceOf): Finding | undefined => {
  if (!isRecord(document)) return noVersion(place(''))
  if (Object.hasOwn(document, 'openapi')) return undefined
  const key = [...others.keys()].find(name => Object.hasOwn(document, name))
  return key === undefined ? noVersion(place('')) : otherKind(key, document[key], place(pointer(key)))
}

const key = /^(?:([A-Za-z$_][\w$./-]*)|'([^'\n]*)'|"([^"\\\n]*)")[ \t]*:(?=\s|$)[ \t]*/

/**
 * That a text in YAML is a document of another kind than OpenAPI, by a look at the lines that aren't indented, so that
 * a large one needn't be parsed. Where such a line is anything else than a plain key, or an item of a list below one,
 * this says `undefined`, as it does of what may be OpenAPI: then only a parser knows.
 */
export const kindFindingAtAGlance = (text: string, name: string): Finding | undefined => {
  let other: Finding | undefined
  let keys = 0
  for (const { 0: line, index } of text.matchAll(/^[^\s#].*/gm)) {
    if (index === 0 && /^---\s*$/.test(line)) continue
    if (keys > 0 && /^-(?:\s|$)/.test(line)) continue
    const match = key.exec(line)
    if (!match) return undefined
    keys += 1
    const [start, plain, single, double] = match
    const found = plain ?? single ?? double ?? ''
    if (found === 'openapi') return undefined
    if (!others.has(found)) continue
    const version = /[\w.-]+/.exec(line.slice(start.length))?.[0] ?? ''
    other ??= otherKind(found, version, linePlace(text, name, index + start.length))
  }
  return keys === 0 ? undefined : (other ?? noVersion(`${name}:1:1`))
}
