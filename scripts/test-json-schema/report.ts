import { tableOf } from '../lib/table.js'
import { needsOthers } from './other-documents.js'
import type { Outcome } from './rounds.js'
import type { SuiteGroup, SuiteTest } from './suite.js'

/** A test with its outcome. */
export interface Tried {
  readonly group: SuiteGroup
  readonly test: SuiteTest
  readonly outcome: Outcome
}

/** Why a test is counted apart; `undefined` if it isn't. */
const apart = ({ group: { keyword, schema } }: Tried): string | undefined => {
  if (keyword === 'format') return 'format (asserted on purpose)'
  return needsOthers(schema) ? 'needs other documents' : undefined
}

const header = [
  'keyword',
  'agree',
  'disagree',
  '5xx',
  'refused',
  'strict: as is',
  'lost',
  'invalid left',
  'production: as is',
  'lost',
  'changed',
  'undeclared'
]

const rowOf = (name: string, tried: readonly Tried[]): string[] => {
  const count = (is: (outcome: Outcome, valid: boolean) => boolean): string =>
    String(tried.filter(({ outcome, test }) => is(outcome, test.valid)).length)
  return [
    name,
    count(({ request }) => request === 'agree'),
    count(({ request }) => request === 'disagree' || request === 'error'),
    count(({ request }) => request === 'error'),
    count(({ request }) => request === 'refused'),
    count(({ strict }, valid) => valid && strict === 'right'),
    count(({ strict }) => strict === 'lost'),
    count(({ strict }) => strict === 'left'),
    count(({ production }, valid) => valid && production === 'right'),
    count(({ production }) => production === 'lost'),
    count(({ production }) => production === 'changed'),
    count(({ strict, production }) => [strict, production].includes('undeclared'))
  ]
}

/** The figures of all tests, a line for each keyword, the totals, and what is counted apart. */
export const reportOf = (tried: readonly Tried[]): string => {
  const counted = tried.filter(one => apart(one) === undefined)
  const rows = groupedBy(counted, ({ group }) => group.keyword)
  const others = groupedBy(
    tried.filter(one => apart(one) !== undefined),
    one => apart(one) ?? ''
  )
  return tableOf(header, [...rows, rowOf('total', counted), ...others])
}

const groupedBy = (tried: readonly Tried[], nameOf: (one: Tried) => string): string[][] =>
  [...new Set(tried.map(nameOf))].map(name =>
    rowOf(
      name,
      tried.filter(one => nameOf(one) === name)
    )
  )

/** What came out otherwise than the suite says, without being refused: a line each. */
export const disagreements = (tried: readonly Tried[]): string[] =>
  tried.flatMap(({ group, test, outcome: { request, strict, production } }) => {
    const words = [
      ...(request === 'disagree' ? [`a request is ${test.valid ? 'refused' : 'let in'}`] : []),
      ...(request === 'error' ? ['a request is answered 5xx'] : []),
      ...(strict === 'lost' ? ['a strict server refuses or changes the reply'] : []),
      ...(strict === 'left' ? ['an invalid reply leaves a strict server'] : []),
      ...(production === 'lost' ? ['the reply is refused or changed in production'] : []),
      ...(production === 'changed' ? ['an invalid reply is changed in production'] : [])
    ]
    const what = `${group.keyword}: ${group.description}: ${test.description} (${test.valid ? 'valid' : 'invalid'})`
    return group.keyword === 'format' || words.length === 0 ? [] : [`${what}: ${words.join('; ')}`]
  })
