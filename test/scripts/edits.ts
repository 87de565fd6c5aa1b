import { expect } from '@jest/globals'
import { type Change, changesBetween } from '../../scripts/contract-diff/changes.js'
import { parseContract } from '../../src/contract/index.js'

/** A change: whether it breaks a client, in which of the texts it is found, where in it (`¦`), and its sentence. */
export type ExpectedChange = readonly [mark: 'breaks' | 'ok', text: 'new' | 'old', needle: string, what: string]

/** An edit of a contract, by the name of a test, and the changes that it makes. */
export type EditRow = readonly [name: string, from: string, to: string, ...expected: ExpectedChange[]]

/** Makes one edit to a text. Fails if there isn't exactly one place to make it. */
export const edited = (text: string, from: string, to: string): string => {
  if (text.split(from).length !== 2) throw new Error(`there is not exactly one ${JSON.stringify(from)} to edit`)
  return text.replace(from, () => to)
}

/**
 * `openapi.yaml:LINE:COLUMN` of the `¦` in a needle, counted in the text, not by the code under test. Fails if the
 * needle isn't there exactly once.
 */
export const placeIn = (text: string, needle: string): string => {
  const [before = '', after = ''] = needle.split('¦')
  const pieces = text.split(before + after)
  if (pieces.length !== 2) throw new Error(`there is not exactly one ${JSON.stringify(needle)}`)
  const lines = `${pieces[0] ?? ''}${before}`.split('\n')
  return `openapi.yaml:${lines.length}:${(lines.at(-1) ?? '').length + 1}`
}

/** Expects that an edit of a contract makes just these changes, in this order. */
export const checkEdit = (text: string, from: string, to: string, ...expected: readonly ExpectedChange[]): void => {
  const after = edited(text, from, to)
  const changes = expected.map(([mark, side, needle, what]): Change => {
    return { place: placeIn(side === 'new' ? after : text, needle), what, breaking: mark === 'breaks' }
  })
  expect(changesBetween(parseContract(text), parseContract(after))).toEqual(changes)
}
