import { number, styled, tableOf } from '../lib/table.js'
import { nameOfEdit } from './edit.js'
import { killers, type Tried } from './try-edits.js'

/** The share of edits that have to be noticed. */
export const goal = 0.95

/** The share of edits that were noticed; 1 if there are none. */
export const scoreOf = (tried: readonly Tried[]): number =>
  tried.length === 0 ? 1 : tried.filter(({ noticed }) => noticed).length / tried.length

const percent = (share: number): string => `${number(Math.floor(share * 1000) / 10, 1)} %`

const rowOf = (name: string, tried: readonly Tried[]): string[] => [
  name,
  String(tried.length),
  ...killers.map(killer => String(tried.filter(({ noticed }) => noticed?.killer === killer).length)),
  String(tried.filter(({ noticed }) => !noticed).length),
  percent(scoreOf(tried))
]

/** What came of the edits that were tried: who has noticed how many of each kind, which ones nobody has, the score. */
export const reportOf = (tried: readonly Tried[]): string => {
  const kinds = [...new Set(tried.map(({ edit }) => edit.kind))]
  const ofKind = (kind: string): Tried[] => tried.filter(({ edit }) => edit.kind === kind)
  const rows = kinds.map(kind => rowOf(kind, ofKind(kind)))
  const survivors = tried.filter(({ noticed }) => !noticed).map(({ edit }) => `  ${nameOfEdit(edit)}`)
  return [
    tableOf(['edits', 'made', ...killers, 'survived', 'score'], rows),
    ...(survivors.length > 0 ? ['', styled('bold', 'Nobody has noticed:'), ...survivors] : []),
    '',
    `Noticed: ${percent(scoreOf(tried))}; the goal is ${goal * 100} %.`
  ].join('\n')
}
