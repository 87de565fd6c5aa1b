import type { Node } from '../../openapi/node.js'
import type { Combination } from './combinations.js'
import { entriesAt, numbersAt, schemasAt, valuesAt } from './keyword.js'
import type { Made, Parts } from './parts.js'
import { itemsOf } from './subschemas.js'

/** How many items are tried beyond those that must be. */
const more = 5

/** Arrays for a combination of schemas: short ones first, of one item where there may be none or many. */
export function* arrays(combination: Combination, parts: Parts): Generator<unknown[]> {
  const least = Math.max(0, ...numbersAt(combination, 'minItems'))
  const most = Math.min(...numbersAt(combination, 'maxItems'))
  const prefix = Math.max(0, ...combination.map(schema => entriesAt(schema, 'prefixItems').length))
  const contained = combination.flatMap(schema => {
    const inside = schemasAt([schema], 'contains')
    const [count = 1] = numbersAt([schema], 'minContains')
    return inside.length === 0 ? [] : Array.from({ length: count }, () => inside)
  })
  const shown = parts.isTerse ? 0 : Math.max(1, prefix)
  const count = Math.min(most, Math.max(least, shown, contained.length > 0 ? prefix + contained.length : 0))
  const random = parts.choice.isRandom ? parts.choice.below(3) : 0
  const isUnique = valuesAt(combination, 'uniqueItems').includes(true)

  const make = (length: number): unknown[] | undefined => {
    const goals = Array.from({ length }, (_, index) => {
      const inside = contained[index - Math.max(0, length - contained.length)] ?? []
      return [...itemsOf(combination, index), ...inside]
    })
    return items(goals, least, isUnique, parts)
  }
  const lengths = [
    Math.min(most, count + random),
    count,
    least,
    ...Array.from({ length: more }, (_, i) => count + i + 1)
  ]
  for (const length of new Set(lengths.filter(length => length <= most))) {
    const list = make(length)
    if (list !== undefined) yield list
  }
  const first = make(Math.max(least, 1))
  if (first === undefined || first.length === 0 || most === 0) return
  for (const { value } of parts.make(itemsOf(combination, 0), 'optional')) yield [value, ...first.slice(1)]
}

// Items for schemas in their order, as many as can be made; `undefined` if these are too few.
const items = (
  goals: readonly (readonly Node[])[],
  least: number,
  isUnique: boolean,
  parts: Parts
): unknown[] | undefined => {
  const sources = new Map<string, { readonly values: Iterator<Made>; last?: Made }>()
  const used = new Set<string>()
  const list: unknown[] = []
  for (const goal of goals) {
    const key = goal.map(schema => schema.pointer).join(' ')
    const source = sources.get(key) ?? {
      values: parts.make(goal, least > 0 ? 'required' : 'optional')[Symbol.iterator]()
    }
    sources.set(key, source)
    const item = isUnique || parts.choice.isRandom || !source.last ? nextOf(source.values, isUnique, used) : source.last
    const found = item ?? (isUnique ? undefined : source.last)
    if (found === undefined) return list.length >= least ? list : undefined
    source.last = found
    list.push(found.value)
  }
  return list
}

const nextOf = (values: Iterator<Made>, isUnique: boolean, used: Set<string>): Made | undefined => {
  for (let next = values.next(); next.done !== true; next = values.next()) {
    const key = JSON.stringify(next.value.value)
    if (isUnique && used.has(key)) continue
    used.add(key)
    return next.value
  }
  return undefined
}
