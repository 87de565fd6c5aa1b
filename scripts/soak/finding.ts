import type { Fault } from './verdict.js'
import type { Conversation } from './grammar/conversation.js'
import type { Played } from './play.js'

/** The most characters of each side of a conversation that a finding shows. */
const mostShown = 3000

/** Bytes, as characters of Latin-1, as they would stand in a string of JavaScript, a line each. */
export const escaped = (bytes: string): string => {
  const shown = bytes
    .replace(
      /((?:a:b\r\n)|.)\1{39,}/gs,
      (run, one: string) => `${one.repeat(8)}⟨and ${run.length / one.length - 8} more⟩`
    )
    .replaceAll('\\', '\\\\')
    .replaceAll('\r', '\\r')
    .replaceAll('\n', '\\n\n')
    .replace(/[^\n\x20-\x7e⟨⟩]/g, one => `\\x${one.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return shown.length > mostShown ? `${shown.slice(0, mostShown)} …` : shown
}

const indented = (text: string): string =>
  text
    .split('\n')
    .filter(line => line !== '')
    .map(line => `    ${line}`)
    .join('\n')

/** What comes before it has been answered as it should. */
const before = (from: number, what: string): string => (from === 0 ? '' : `⟨${from} ${what} before⟩\n`)

const sentIn = ({ steps }: Conversation, from: number): string =>
  steps
    .slice(from)
    .map(({ head, body }) => head + body)
    .join('')

const cameBack = ({ answers, rest }: Played, from: number): string =>
  answers
    .slice(from)
    .map(({ head, body }) => `${head}\r\n\r\n${body}`)
    .join('') + rest

/** A fault, with all that it takes to see it again. */
export interface Finding {
  /** What is wrong, without what differs from one request to the next. */
  readonly key: string
  /** It in one line. */
  readonly what: string
  readonly text: string
}

/**
 * Says what is wrong: what was expected, the very bytes that were sent, and what came back.
 *
 * @param again how to see it again
 */
export const findingOf = (conversation: Conversation, played: Played, fault: Fault, again: string): Finding => {
  const step = conversation.steps[fault.request] ?? conversation.steps.at(-1)
  const from = Math.max(0, fault.request - 1)
  const traits = step?.traits.join(', ') ?? ''
  const expected = `${step?.statuses.join(' or ') ?? 'no more answers'}${step?.closes === true ? ', and the connection closes' : ''}`
  const alone =
    conversation.steps.length === 1
      ? ''
      : `request ${fault.request + 1} of ${conversation.steps.length} on one connection, `
  const left = conversation.leaves === 'no' ? '' : `, and the client ${conversation.leaves}`
  const text = [
    `  ${fault.what}`,
    `  of: ${alone}sent ${conversation.manner}${left} (${step?.reason ?? ''}; ${traits})`,
    `  expected: ${expected}`,
    '  sent:',
    indented(before(from, 'requests') + escaped(sentIn(conversation, from))),
    '  came back:',
    indented(before(from, 'answers') + escaped(cameBack(played, from))) || '    nothing',
    `  again: ${again}`
  ].join('\n')
  return { key: `${fault.what.replace(/ to request \d+ of \d+/, '')} ${step?.reason ?? ''}`, what: fault.what, text }
}
