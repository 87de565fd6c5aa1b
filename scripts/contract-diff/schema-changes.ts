import { alternativeDifferences, haveSameGroups } from './alternative-differences.js'
import type { Detail } from './change.js'
import type { Difference } from './difference.js'
import { keywordDifferences, typeDifferences } from './keyword-differences.js'
import { type Node, placeOf, within } from '../../src/contract/index.js'
import { match } from './match.js'
import { keyword, schemaMap, typesOf, type View, viewOf } from './schema-view.js'

/** What the fields of a schema are called in a sentence, by their paths in it (`a.b[]`, empty for the whole). */
export type Noun = (path: string) => string

/**
 * The changes from one schema to another. In a request what is let in no more breaks, because a client may send it; in
 * an answer what is let in anew breaks, because a client may not reckon with it. That an object may have fields that
 * are not listed (`additionalProperties`) is taken as a duty to ignore them: a new optional field breaks nobody, unless
 * other fields were ruled out. A change in a schema that several fields refer to is told of one of them,
 * that with the shortest path.
 */
export const schemaChanges = (
  before: Node | undefined,
  after: Node | undefined,
  part: 'request' | 'answer',
  noun: Noun
): Detail[] =>
  compare(viewOf(before ? [before] : []), viewOf(after ? [after] : []), new Map())
    .filter(({ requestOnly }) => part === 'request' || requestOnly !== true)
    .map(({ path, predicate, place, tightens, loosens }) => ({
      place,
      clause: `${noun(path)} ${predicate}`,
      breaking: part === 'request' ? tightens : loosens
    }))

interface Located extends Difference {
  readonly path: string
}

/** Differences told once each, of the field with the shortest path to it. */
const onceEach = (differences: readonly Located[]): Located[] => {
  const nearest = new Map<string, Located>()
  for (const one of differences) {
    const key = [one.place, one.predicate, one.tightens, one.loosens].join(' ')
    const known = nearest.get(key)
    if (known === undefined || one.path.length < known.path.length) nearest.set(key, one)
  }
  return [...nearest.values()]
}

// Each pair of schemas is compared once, or schemas that refer to one another a lot would take for ever. Where a schema
// comes back to itself while it is being compared it counts as the same: what differs in it is told where it began.
const compare = (before: View, after: View, done: Map<string, readonly Located[]>): readonly Located[] => {
  if (before.parts.length + after.parts.length === 0) return []
  const pair = [before, after]
    .map(({ parts, groups, only }) => [groups.length, only, ...parts.map(part => part.pointer)].join())
    .join('|')
  const known = done.get(pair)
  if (known) return known
  done.set(pair, [])
  const found = onceEach(differencesOf(before, after, (old, now) => compare(old, now, done)))
  done.set(pair, found)
  return found
}

type Compare = (before: View, after: View) => readonly Located[]

const differencesOf = (before: View, after: View, compareViews: Compare): Located[] => {
  const deeper: Deeper = (old, now, at) =>
    compareViews(viewOf(old), viewOf(now)).map(one => ({ ...one, path: joined(at, one.path) }))
  const bothCanBe = (type: string): boolean => typesOf(before).has(type) && typesOf(after).has(type)
  const alternatives = (told: readonly Difference[]): Located[] =>
    alternativeDifferences(before, after, told, compareViews).map(one => ({ path: '', ...one }))

  const types = typeDifferences(before, after)
  if (!haveSameGroups(before, after)) return [...types.map(one => ({ path: '', ...one })), ...alternatives(types)]
  const own = [...types, ...keywordDifferences(before, after)]
  return [
    ...own.map(one => ({ path: '', ...one })),
    ...(bothCanBe('object') ? objectDifferences(before, after, deeper) : []),
    ...(bothCanBe('array') ? deeper(keyword(before, 'items'), keyword(after, 'items'), '[]') : []),
    ...alternatives(own)
  ]
}

const joined = (path: string, rest: string): string => `${path}${/^\[|^$/.test(rest) ? '' : '.'}${rest}`

type Deeper = (old: readonly Node[], now: readonly Node[], at: string) => Located[]

const objectDifferences = (before: View, after: View, deeper: Deeper): Located[] => {
  const [closedBefore, closedAfter] = [isClosed(before), isClosed(after)]
  const [requiredBefore, requiredAfter] = [requiredOf(before), requiredOf(after)]
  const { added, removed, kept } = match(schemaMap(before, 'properties'), schemaMap(after, 'properties'))
  const listed = new Set([...added, ...removed].map(([name]) => name))
  const required = match(requiredBefore, requiredAfter)
  const difference = (
    name: string,
    predicate: string,
    place: string,
    tightens: boolean,
    loosens: boolean
  ): Located => ({
    path: name,
    predicate,
    place,
    tightens,
    loosens
  })

  const differences = [
    ...added.map(([name, [schema]]) => {
      const newlyRequired = requiredAfter.has(name) && !requiredBefore.has(name)
      const predicate = newlyRequired ? 'was added, and is required' : 'was added'
      return difference(name, predicate, schema ? placeOf(schema, 'key') : '', newlyRequired, closedBefore)
    }),
    ...removed.map(([name, [schema]]) =>
      difference(name, 'was removed', schema ? placeOf(schema, 'key') : '', closedAfter, true)
    ),
    ...required.added
      .filter(([name]) => !listed.has(name))
      .map(([name, entry]) => difference(name, 'is now required', placeOf(entry), true, false)),
    ...required.removed
      .filter(([name]) => !listed.has(name))
      .map(([name, entry]) => difference(name, 'is no longer required', placeOf(entry), false, true)),
    ...kept.flatMap(([name, old, now]) => deeper(old, now, name))
  ]
  if (closedBefore === closedAfter) {
    const others = (view: View): Node[] => otherFields.flatMap(name => keyword(view, name))
    return [...differences, ...(closedAfter ? [] : deeper(others(before), others(after), '*'))]
  }
  const [other] = otherFields.flatMap(name => keyword(closedAfter ? after : before, name))
  const predicate = `${closedAfter ? 'no longer' : 'now'} lets in fields that are not listed`
  return [
    ...differences,
    { path: '', predicate, place: other ? placeOf(other) : '', tightens: closedAfter, loosens: closedBefore }
  ]
}

const otherFields = ['additionalProperties', 'unevaluatedProperties']

const isClosed = (view: View): boolean =>
  otherFields.some(name => keyword(view, name).some(({ value }) => value === false))

const requiredOf = (view: View): Map<string, Node> =>
  new Map(
    keyword(view, 'required').flatMap(names =>
      (Array.isArray(names.value) ? names.value : []).flatMap((name, index) => {
        const entry = within(names, index)
        return typeof name === 'string' && entry ? [[name, entry] as const] : []
      })
    )
  )
