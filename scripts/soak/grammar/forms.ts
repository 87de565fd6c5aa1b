import type { Judge } from '../../contract-tests/judge.js'
import { problems } from '../../../src/services.js'
import type { Account, Accounts } from '../accounts.js'
import type { Random } from '../random.js'
import type { Draft } from './draft.js'
import type { KnownOperation } from './known.js'

/** What it takes to make the requests of a mode. */
export interface Grammar {
  readonly operations: readonly KnownOperation[]
  readonly accounts: Accounts
  /** Judges values of requests. */
  readonly judge: Judge
  /** How many forms of logins shall be good ones: those that hash cost much. */
  readonly logins: number
}

/** The most bytes and the most fields that the server takes. */
const mostBytes = 16 * 1024
const mostFields = 64

const odd = [
  '',
  ' ',
  'a b',
  'ä€😀',
  '%',
  '&=',
  '\u0000',
  '<script>',
  '../..',
  '__proto__',
  "' OR 1=1 --",
  'x'.repeat(300)
]

const utf8 = (text: string): string => (/[^\0-\x7f]/.test(text) ? Buffer.from(text).toString('latin1') : text)

const percent = (byte: string, random: Random): string => {
  const hex = byte.charCodeAt(0).toString(16).padStart(2, '0')
  return `%${random.chance(0.5) ? hex.toUpperCase() : hex}`
}

/** A text as it stands in a form, more of it encoded than has to be, at random. */
const encoded = (text: string, random: Random): string => {
  const share = random.chance(0.2) ? random.share() : 0
  if (share === 0 && /^[\w.*-]*$/.test(text)) return text
  const parts = Array.from(text, letter => {
    if (letter === ' ') return random.chance(0.5) ? '+' : '%20'
    const isSafe = /[\w.*-]/.test(letter) || (share > 0 && letter > '\x7f')
    if (isSafe && !(share > 0 && random.chance(share))) return utf8(letter)
    return Array.from(utf8(letter), byte => percent(byte, random)).join('')
  })
  return parts.join('')
}

type Pairs = [name: string, value: string][]

const someUser = ({ accounts, canary }: Accounts, random: Random): Pairs => {
  const known = random.pick(accounts)
  const username = known && random.chance(0.7) ? known.username : `nobody-${canary}${random.pick(odd) ?? ''}`
  const isRight = known !== undefined && random.chance(0.6)
  return [
    ['username', username],
    ['password', isRight ? known.password : `${canary}${random.pick(odd) ?? ''}`]
  ]
}

/** Fields of a form, most of them good. */
const pairsOf = (operation: KnownOperation, { accounts, judge, logins }: Grammar, random: Random): Pairs => {
  const isLogin = operation.isLogin && accounts.accounts.length > 0
  const pairs: Pairs = isLogin ? someUser(accounts, random) : []
  for (const [name] of operation.fields) {
    if (pairs.some(([known]) => known === name) || random.chance(0.5)) continue
    const guesses = [
      name.replace(/_type$/, ''),
      'password',
      `${accounts.canary}1`,
      random.text(5),
      random.pick(odd) ?? ''
    ]
    pairs.push([name, random.pick(guesses) ?? ''])
  }
  if (random.chance(0.3)) pairs.push([`x-${random.text(3)}`, random.pick(odd) ?? ''])
  if (random.chance(isLogin ? 0.1 : 0.3)) pairs.splice(random.between(0, pairs.length - 1), 1)
  const isSpared =
    isLogin && !random.chance(logins) && judge.accepts(operation.schema, valueOf(operation, pairs), 'wide')
  return random.shuffled(isSpared ? pairs.filter(([name]) => name !== 'password') : pairs)
}

const isAbsent = (value: string): boolean => value === '' && problems.emptyFormField === 'absent'

const valueOf = ({ fields }: KnownOperation, pairs: Pairs): Record<string, unknown> =>
  Object.fromEntries(
    pairs
      .filter(([, value]) => !isAbsent(value))
      .map(([name, value]) => [name, fields.get(name) === 'list' ? value.split(' ') : value])
  )

const login = (draft: Draft, pairs: Pairs, { mode, accounts }: Accounts): void => {
  const fields = new Map(pairs)
  const user = accounts.find(({ username }: Account) => username === fields.get('username'))
  const isRight = user !== undefined && user.password === fields.get('password')
  // Nobody has a scope, and the contract declares none.
  const isAsking = mode === 'real' && (fields.get('scope') ?? '') !== ''
  const isBlank = isAsking && (fields.get('scope') ?? '').trim() === ''
  draft.refuse(
    'outcome',
    isRight ? 'good login' : 'wrong login',
    ...(isBlank ? [200, 400] : [isRight && !isAsking ? 200 : 400])
  )
}

/** Writes a form into a request, and says what has to come of it. */
export const writeForm = (draft: Draft, operation: KnownOperation, grammar: Grammar, random: Random): void => {
  const pairs = pairsOf(operation, grammar, random)
  const value = valueOf(operation, pairs)
  if (!grammar.judge.accepts(operation.schema, value, 'wide')) draft.refuse('form', 'form that breaks a rule', 422)
  if (operation.isLogin && grammar.accounts.accounts.length > 0) login(draft, pairs, grammar.accounts)
  else draft.refuse('outcome', 'good form', ...operation.outcomes)

  const repeated = random.chance(0.1)
    ? random.pick(pairs.filter(([name, text]) => operation.fields.has(name) && !isAbsent(text)))
    : undefined
  if (repeated) {
    pairs.push(repeated)
    const isList = operation.fields.get(repeated[0]) === 'list'
    draft.refuse('form', 'repeated field', 422, ...(isList ? draft.statuses : []))
  }
  const parts = pairs.map(([name, text]) => `${encoded(name, random)}=${encoded(text, random)}`)
  if (random.chance(0.1)) parts.splice(random.between(0, parts.length), 0, random.pick(['', '=', '&', '&&']))
  let fields = pairs.length
  if (random.chance(0.05)) {
    for (const most = random.between(mostFields - 3, mostFields + 3); fields < most; fields += 1)
      parts.push(`f${fields}=1`)
  }
  draft.body = parts.join('&')
  if (random.chance(0.03)) {
    const length = random.pick([mostBytes, mostBytes + 1, mostBytes + 5000, 100_000])
    draft.body += `&f=${'x'.repeat(Math.max(0, length - draft.body.length - 3))}`
    fields += 1
  }
  if (random.chance(0.02)) {
    draft.body += `&f=${random.pick(['\xff', '\xc0\xaf', '\xed\xa0\x80', '\x80'])}`
    draft.refuse('text', 'bytes that are no UTF-8', 415)
    fields += 1
  }
  if (fields > mostFields) draft.refuse('fields', 'more than 64 fields', 413)
  if (draft.body.length > mostBytes) draft.refuse('length', 'more than 16 KiB', 413)
}

/** Writes a JSON body into a request. */
export const writeJson = (draft: Draft, operation: KnownOperation, random: Random): void => {
  draft.body = utf8(random.pick(operation.examples) ?? '{}')
  if (random.chance(0.3)) {
    draft.body = draft.body.slice(0, -1) + random.pick(['', '}}', ',', '\x01'])
    draft.refuse('form', 'broken JSON', 422, ...operation.outcomes)
  }
  draft.refuse('outcome', 'body of JSON', ...operation.outcomes)
}
