import { number, styled, tableOf } from '../lib/table.js'
import { type Edit, idOf, sideOf } from './edit.js'
import { equivalents } from './equivalents.js'
import type { Result } from './results.js'
import { killers } from './stages.js'

/** An edit that has been tried, and what came of it. */
export interface Tried {
  readonly edit: Edit
  readonly result: Result
}

/** The share of edits that have to be noticed. */
export const goal = 0.95

const survived = ({ result }: Tried): boolean => result.killer === null

const equivalentOf = ({ edit }: Tried) =>
  equivalents.find(({ object, what }) => edit.object === object && edit.what === what)

/** The share of edits that were noticed, without those that nothing can notice; 1 if there are none. */
export const scoreOf = (tried: readonly Tried[]): number => {
  const counted = tried.filter(one => !equivalentOf(one))
  return counted.length === 0 ? 1 : 1 - counted.filter(survived).length / counted.length
}

const percent = (share: number): string => `${number(Math.floor(share * 1000) / 10, 1)} %`

const rowOf = (name: string, tried: readonly Tried[]): string[] => [
  name,
  String(tried.length),
  ...killers.map(killer => String(tried.filter(({ result }) => result.killer === killer).length)),
  String(tried.filter(survived).length),
  percent(scoreOf(tried))
]

/** What came of the edits that were tried: who has noticed how many of each kind, which ones nobody has, the scores. */
export const reportOf = (all: readonly Tried[]): string => {
  const counted = all.filter(one => !equivalentOf(one))
  const sides = (['contract', 'source'] as const)
    .map(side => ({ side, tried: counted.filter(({ edit }) => sideOf(edit) === side) }))
    .filter(({ tried }) => tried.length > 0)
  const rows = sides.flatMap(({ side, tried }) => {
    const kinds = [...new Set(tried.map(({ edit }) => edit.kind))].sort()
    const ofKind = (kind: string): Tried[] => tried.filter(({ edit }) => edit.kind === kind)
    const name = side === 'contract' ? 'openapi.yaml' : 'src'
    return [...kinds.map(kind => rowOf(kind, ofKind(kind))), rowOf(`${name}, all kinds`, tried)]
  })
  const survivors = counted.filter(survived).map(({ edit }) => `  ${idOf(edit)}`)
  const equal = all.flatMap(one => {
    const known = equivalentOf(one)
    return known ? [`  ${idOf(one.edit)}: ${known.why}`] : []
  })
  const scores = sides.map(({ side, tried }) => `${side} ${percent(scoreOf(tried))}`)
  const header = ['kind', 'made', ...killers, 'survived', 'score']
  return [
    tableOf(header, sides.length > 1 ? [...rows, rowOf('in total', counted)] : rows),
    ...(survivors.length > 0 ? ['', styled('bold', 'Nobody has noticed:'), ...survivors] : []),
    ...(equal.length > 0 ? ['', styled('bold', 'Not counted, because nothing could notice it:'), ...equal] : []),
    '',
    `Noticed: ${[...scores, `in total ${percent(scoreOf(counted))}`].join(', ')}; the goal is ${goal * 100} %.`
  ].join('\n')
}
