import { isMap, type Pair, parseDocument, type YAMLMap } from 'yaml'
import { isRecord, type Kind, pointer, tokensOf, walk } from '../../src/contract/index.js'
import { rules } from './contract-rules.js'
import type { Use } from './other-values.js'
import { type Edit, lineAndColumn, type Splice, spliced } from './edit.js'
import { added, keyOf, mapAt, pairOf, rangeOf, removed, replaced, valueOf } from './yaml-splices.js'

/**
 * Every edit of one keyword of a contract that can be thought of. Not the annotations, which are for people only
 * (`info`, `title`, `summary`, `description`, `tags`, `externalDocs`). Two edits that make the same text are one.
 *
 * @param text the contract, as it is written
 */
export const contractEdits = (text: string): Edit[] => {
  const root = parseDocument(text).contents
  if (!isMap(root)) throw new TypeError('The contract is not a mapping')
  const document = valueOf(root)
  const useOf = usesIn(document)
  const made = new Set([text])
  const edits: Edit[] = []
  walk(document, (kind, _value, path) => {
    const object = mapAt(root, tokensOf(path))
    if (!object) return
    for (const { what, at, splice } of proposalsFor(text, root, object, kind, useOf(kind, path))) {
      const after = spliced(text, splice)
      if (made.has(after)) continue
      made.add(after)
      const place = `openapi.yaml:${lineAndColumn(text, at)}`
      edits.push({ file: 'openapi.yaml', place, object: path, kind, what, splice })
    }
  })
  return edits.sort((a, b) => a.splice.start - b.splice.start)
}

/** An edit that can be made. */
interface Proposal {
  readonly what: string
  /** Where the thing stands that it edits: an offset in the text. */
  readonly at: number
  readonly splice: Splice
}

const proposalsFor = (text: string, root: YAMLMap, object: YAMLMap, kind: Kind, use: Use): Proposal[] => {
  const proposals: Proposal[] = []
  const propose = (what: string, node: unknown, splice: Splice): void => {
    proposals.push({ what, at: rangeOf(text, node)[0], splice })
  }
  const remove = (map: YAMLMap, pair: Pair): void => {
    propose(`remove \`${keyOf(pair)}\``, pair.key, removed(text, map, pair))
  }
  const change = (pair: Pair, values: readonly unknown[]): void => {
    for (const value of values.filter(value => JSON.stringify(value) !== JSON.stringify(valueOf(pair.value)))) {
      const what = `change \`${keyOf(pair)}\` to ${JSON.stringify(value)}`
      propose(what, pair.key, replaced(text, pair.value, value))
    }
  }
  const rename = (map: YAMLMap, pair: Pair, names: readonly string[]): void => {
    for (const name of names.filter(name => !pairOf(map, name))) {
      propose(`rename \`${keyOf(pair)}\` to \`${name}\``, pair.key, replaced(text, pair.key, name))
    }
  }
  const add = (map: YAMLMap, pairs: readonly (readonly [key: string, value: unknown])[]): void => {
    for (const [key, value] of pairs.filter(([key]) => !pairOf(map, key))) {
      propose(`add \`${key}: ${JSON.stringify(value)}\``, map, added(text, map, key, value))
    }
  }

  const reference = pairOf(object, '$ref')
  if (reference) {
    remove(object, reference)
    change(reference, neighboursOf(root, String(valueOf(reference.value))))
    return proposals
  }
  const {
    remove: keys = [],
    change: changes = {},
    rename: renames = {},
    add: additions,
    entries = {}
  } = rules[kind] ?? {}
  const plain = Object(valueOf(object)) as Readonly<Record<string, unknown>>
  for (const pair of object.items) {
    const others = changes[keyOf(pair)]
    if (others || keys.includes(keyOf(pair))) remove(object, pair)
    if (others) change(pair, others(valueOf(pair.value), use, plain))
    rename(object, pair, renames[keyOf(pair)] ?? [])
  }
  if (additions) add(object, additions(plain, use))
  for (const [key, rule] of Object.entries(entries)) {
    const map = key === '' ? object : mapAt(object, [key])
    if (!map) continue
    for (const pair of map.items) {
      remove(map, pair)
      rename(map, pair, rule.rename?.(keyOf(pair), use) ?? [])
      change(pair, rule.change?.(valueOf(pair.value), use, plain) ?? [])
    }
    if (rule.add) add(map, rule.add(Object(valueOf(map)) as Record<string, unknown>, use))
  }
  return proposals
}

/** References to the components before and after the one that a reference leads to. */
const neighboursOf = (root: YAMLMap, ref: string): string[] => {
  const [components = '', section = '', name = ''] = tokensOf(ref.slice(1))
  const names = (mapAt(root, [components, section])?.items ?? []).map(keyOf)
  const at = names.indexOf(name)
  const others = new Set([names[(at + 1) % names.length] ?? name, names.at(at - 1) ?? name])
  return [...others].map(other => `#${pointer(components, section, other)}`)
}

/** What has to be known of the whole contract to edit one object of it. */
const usesIn = (document: unknown): ((kind: Kind, path: string) => Use) => {
  const bodies: unknown[] = []
  const operationIds: string[] = []
  walk(document, (kind, value) => {
    if (kind === 'RequestBody') bodies.push(value)
    if (kind === 'Operation' && isRecord(value)) operationIds.push(String(value['operationId']))
  })
  const { components } = Object(document) as Partial<Record<string, unknown>>
  const { schemas, securitySchemes } = Object(components) as Record<string, object | undefined>
  const requestSchemas = new Set<string>()
  const follow = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value ?? null).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (requestSchemas.has(name)) continue
      requestSchemas.add(name)
      follow(isRecord(schemas) ? schemas[name] : undefined)
    }
  }
  follow(bodies)
  return (kind, path) => {
    const [, section, component = ''] = tokensOf(path)
    const keys = tokensOf(path)
    return {
      inRequest:
        keys.some(key => key === 'requestBody' || key === 'requestBodies') ||
        (section === 'schemas' && requestSchemas.has(component)),
      property: kind === 'Schema' && keys.at(-2) === 'properties' ? (keys.at(-1) ?? '') : '',
      operationIds,
      securitySchemes: Object.keys(securitySchemes ?? {}),
      examples: name => [...new Set(textsUnder(bodies, name))]
    }
  }
}

const textsUnder = (value: unknown, name: string): string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) =>
    key === name && typeof child === 'string' ? [child] : textsUnder(child, name)
  )
}
