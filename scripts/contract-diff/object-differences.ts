import { type Node, placeOf } from '../../src/contract/index.js'
import { type Difference, placeOfAny, type Sender } from './difference.js'
import { match } from './match.js'
import { keyword, requiredOf, schemaMap, type View, viewOf } from './schema-view.js'

/** Tells the differences between what was and what is at a path. */
export type Deeper = (old: readonly Node[], now: readonly Node[], path: string) => readonly Difference[]

/** What two schemas let in otherwise by the properties of an object. */
export const objectDifferences = (before: View, after: View, deeper: Deeper): Difference[] => {
  const [closedBefore, closedAfter] = [isClosed(before), isClosed(after)]
  const [old, now] = [schemaMap(before, 'properties'), schemaMap(after, 'properties')]
  const { added, removed, kept } = match(old, now)
  const required = match(requiredOf(before), requiredOf(after))
  const newlyRequired = new Set(required.added.map(([name]) => name))
  const isInBothOrNone = ([name]: readonly [string, Node]): boolean => old.has(name) === now.has(name)
  return [
    ...added.map(([path, schemas]) => {
      const tightens = newlyRequired.has(path)
      const predicate = tightens ? 'was added, and is required' : 'was added'
      return {
        path,
        predicate,
        place: keyOf(schemas),
        tightens,
        loosens: closedBefore,
        ...(!tightens && onlyIn(schemas))
      }
    }),
    ...removed.map(([path, schemas]) => {
      return {
        path,
        predicate: 'was removed',
        place: keyOf(schemas),
        tightens: closedAfter,
        loosens: true,
        ...onlyIn(schemas)
      }
    }),
    ...required.added.filter(isInBothOrNone).map(([path, entry]) => {
      return { path, predicate: 'is now required', place: placeOf(entry), tightens: true, loosens: false }
    }),
    ...required.removed.filter(isInBothOrNone).map(([path, entry]) => {
      const predicate = 'is no longer required'
      return { path, predicate, place: placeOf(entry), tightens: false, loosens: true, ...onlyIn(old.get(path) ?? []) }
    }),
    ...kept.flatMap(([name, was, is]) => [
      ...visibilityDifferences(name, was, is, requiredOf(before).has(name)),
      ...whereVisible(was, is, deeper(was, is, name))
    ]),
    ...otherDifferences(before, after, deeper)
  ]
}

const keyOf = ([schema]: readonly Node[]): string => (schema ? placeOf(schema, 'key') : '')

/** Fields that are not listed: whether they are let in, and what fits in them. */
const otherDifferences = (before: View, after: View, deeper: Deeper): readonly Difference[] => {
  const [closedBefore, closedAfter] = [isClosed(before), isClosed(after)]
  const others = (view: View): Node[] => otherFields.flatMap(name => keyword(view, name))
  if (closedBefore && closedAfter) return []
  if (closedBefore === closedAfter) return deeper(others(before), others(after), '*')
  const predicate = `${closedAfter ? 'no longer' : 'now'} lets in fields that are not listed`
  return [{ predicate, place: placeOfAny(before, after, otherFields), tightens: closedAfter, loosens: closedBefore }]
}

const otherFields = ['additionalProperties', 'unevaluatedProperties']

const isClosed = (view: View): boolean =>
  otherFields.some(name => keyword(view, name).some(({ value }) => value === false))

/** By which keyword a property is in messages of one sender only. */
const visibility: readonly (readonly [keyword: string, only: Sender])[] = [
  ['writeOnly', 'client'],
  ['readOnly', 'server']
]

const onlyIn = (schemas: readonly Node[]): { readonly sender?: Sender } => {
  const view = viewOf(schemas)
  const [found] = visibility.filter(([name]) => keyword(view, name).some(({ value }) => value === true))
  return found ? { sender: found[1] } : {}
}

// `writeOnly` takes a property from the answers. `readOnly` takes it from the requests: what is sent is ignored or refused
// (JSON Schema 2020-12 §9.4). As where a property is removed, it counts as ignored; but clients that had to send it can't
// stop to if it is refused.
const visibilityDifferences = (
  path: string,
  was: readonly Node[],
  is: readonly Node[],
  wasRequired: boolean
): Difference[] =>
  visibility.flatMap(([name, only]): Difference[] => {
    const [wasOnly, isOnly] = [onlyIn(was).sender === only, onlyIn(is).sender === only]
    if (wasOnly === isOnly) return []
    const predicate = `is ${isOnly ? 'now' : 'no longer'} \`${name}\``
    const place = placeOfAny(viewOf(was), viewOf(is), [name])
    const sender = only === 'client' ? 'server' : 'client'
    return [{ path, predicate, place, tightens: isOnly && wasRequired, loosens: isOnly, sender }]
  })

const whereVisible = (
  was: readonly Node[],
  is: readonly Node[],
  differences: readonly Difference[]
): readonly Difference[] => {
  const only = onlyIn(is).sender
  if (only === undefined || onlyIn(was).sender !== only) return differences
  return differences.flatMap(one => ((one.sender ?? only) === only ? { ...one, sender: only } : []))
}
