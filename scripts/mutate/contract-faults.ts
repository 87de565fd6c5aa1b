import type { Kind } from '../../src/contract/index.js'
import { additionsTo, type Entries, otherValues, type Use, without } from './contract-values.js'

/** An object with one fault in it: at which of its keys, and what it is. */
export interface Faulty {
  readonly key: string
  readonly what: string
  readonly object: Entries
}

/** What people read, and machines don't. */
const annotations = 'info title summary description tags externalDocs license deprecated format'.split(' ')

/** What changes nothing where it is removed: there is a server at `/` without it, too. */
const kept = new Set(['servers'])

const removed = (object: Entries, key: string): Faulty => ({
  key,
  what: `remove \`${key}\``,
  object: without(object, key)
})

const renamed = (object: Entries, key: string, to: string): Faulty => ({
  key,
  what: `rename \`${key}\` to \`${to}\``,
  object: Object.fromEntries(Object.entries(object).map(([name, value]) => [name === key ? to : name, value]))
})

const changed = (object: Entries, key: string, value: unknown): Faulty => ({
  key: key in object ? key : (Object.keys(object)[0] ?? ''),
  what: `${key in object ? 'change' : 'add'} \`${key}\`: ${JSON.stringify(value)}`,
  object: { ...object, [key]: value }
})

/** The faults of an object that has keywords: each is removed, gets other values, or is taken for another one. */
export const faultsOfObject = (kind: Kind, object: Entries, use: Use): Faulty[] => {
  const keys = Object.keys(object).filter(key => !annotations.includes(key))
  const additions = Object.entries(additionsTo(kind, object, use))
  return [
    ...keys.filter(key => !kept.has(key) && typeof object[key] !== 'boolean').map(key => removed(object, key)),
    ...keys.flatMap(key => otherValues(key, object, use).map(value => changed(object, key, value))),
    ...keys.flatMap(key => {
      const other = otherKeys[key]
      return typeof other === 'string' && !(other in object) ? [renamed(object, key, other)] : []
    }),
    ...additions.flatMap(([key, values]) => values.map(value => changed(object, key, value)))
  ]
}

/** The faults of a map of things by their names, under a key of an object: each is removed, or called otherwise. */
export const faultsOfMap = (kind: Kind, key: string, map: Entries): Faulty[] => {
  const ofComponents = kind === 'Components' // a component by another name is one that references don't find
  if (!ofComponents && !maps.has(key)) return []
  const otherName = (name: string): string => (key === 'responses' ? `${name.slice(0, 1)}XX` : `${name}s`)
  return Object.keys(map).flatMap(name => [
    removed(map, name),
    ...(ofComponents || otherName(name) in map ? [] : [renamed(map, name, otherName(name))])
  ])
}

const maps = new Set(['paths', 'responses', 'content', 'headers', 'encoding', 'examples', 'properties'])

const otherKeys: Entries = { get: 'post', post: 'get', allOf: 'anyOf', anyOf: 'allOf', oneOf: 'anyOf' }
