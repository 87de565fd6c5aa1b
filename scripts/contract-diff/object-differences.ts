import type { Node } from '../../src/contract/index.js'
import { type Difference, type Fields, placeOfAny, presenceDifferences, type Sender } from './difference.js'
import { match } from './match.js'
import { keyword, requiredOf, schemaMap, type View, viewOf } from './schema-view.js'

/** Tells the differences between what was and what is at a path. */
export type Deeper = (old: readonly Node[], now: readonly Node[], path: string) => readonly Difference[]

/** What two schemas let in otherwise by the properties of an object. */
export const objectDifferences = (before: View, after: View, deeper: Deeper): Difference[] => {
  const [old, now] = [schemaMap(before, 'properties'), schemaMap(after, 'properties')]
  const told = (name: string, differences: readonly Difference[]): readonly Difference[] => {
    const senders = new Set([old.get(name), now.get(name)].flatMap(schemas => (schemas ? [onlyIn(schemas)] : [])))
    const [only] = senders
    if (senders.size > 1 || only === undefined) return differences
    return differences.filter(one => (one.sender ?? only) === only).map(one => ({ ...one, sender: only }))
  }
  return [
    // What is required of requests is, `readOnly` or not (JSON Schema 2020-12 §9.4): validators don't look at it.
    ...presenceDifferences(fieldsOf(before, old), fieldsOf(after, now)).flatMap(one =>
      one.tightens ? [one] : told(one.path ?? '', [one])
    ),
    ...match(old, now).kept.flatMap(([name, was, is]) => [
      ...visibilityDifferences(name, was, is, requiredOf(before).has(name)),
      ...told(name, deeper(was, is, name))
    ]),
    ...otherDifferences(before, after, deeper)
  ]
}

const fieldsOf = (view: View, properties: ReadonlyMap<string, readonly Node[]>): Fields => ({
  entries: new Map([...properties].flatMap(([name, [schema]]) => (schema ? [[name, schema] as const] : []))),
  required: requiredOf(view),
  closed: isClosed(view)
})

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

const onlyIn = (schemas: readonly Node[]): Sender | undefined => {
  const view = viewOf(schemas)
  return visibility.find(([name]) => keyword(view, name).some(({ value }) => value === true))?.[1]
}

// `writeOnly` takes a property from the answers. `readOnly` takes it from the requests: what is sent is ignored or refused
// (JSON Schema 2020-12 §9.4). As where a property is removed, it counts as ignored. But where it had to be sent all
// clients send it, and if it is refused none can stop.
const visibilityDifferences = (
  path: string,
  was: readonly Node[],
  is: readonly Node[],
  wasRequired: boolean
): Difference[] =>
  visibility.flatMap(([name, only]): Difference[] => {
    const [wasOnly, isOnly] = [onlyIn(was) === only, onlyIn(is) === only]
    if (wasOnly === isOnly) return []
    const predicate = `is ${isOnly ? 'now' : 'no longer'} \`${name}\``
    const place = placeOfAny(viewOf(was), viewOf(is), [name])
    const sender = only === 'client' ? 'server' : 'client'
    return [{ path, predicate, place, tightens: isOnly && wasRequired, loosens: isOnly, sender }]
  })
