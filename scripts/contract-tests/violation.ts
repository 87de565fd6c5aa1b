import type { Answer, Sent } from './client.js'
import { curlOf } from './curl.js'
import type { Target } from './target.js'

/** What a server does that its contract doesn't say, with all that it takes to see it again. */
export class ContractViolation extends Error {
  override readonly name = 'ContractViolation'
  /** The pointers of the rules of the contract that are broken. */
  readonly pointers: readonly string[]

  constructor(message: string, pointers: readonly string[]) {
    super(message)
    this.stack = `${this.name}: ${message}` // where in the suite it was found says nothing
    this.pointers = pointers
  }
}

/** A rule of the contract that an answer breaks: where it stands, and how it is broken. */
export interface Breach {
  readonly pointer: string
  readonly what: string
}

/** The most characters of an answer that a message shows. */
const mostShown = 600

/**
 * The message about a request whose answer breaks rules: a line for each, the request as a command, the answer.
 *
 * @param hide takes the secrets out of a text
 */
export const messageOf = (
  breaches: readonly Breach[],
  place: (path: string) => string,
  target: Target,
  request: Sent,
  answer: Pick<Answer, 'status' | 'headers' | 'text'> | undefined,
  hide: (text: string) => string
): string => {
  const body = answer && hide(answer.text).slice(0, mostShown) // hidden before it is cut, or half of a secret is left
  const shown = answer && [`HTTP ${answer.status}`, ...shownHeaders(answer).map(hide), '', body ?? '']
  return [
    ...breaches.map(({ pointer, what }) => `${place(pointer)}  ${what}`),
    '',
    `  ${hide(curlOf(target.url, request))}`,
    '',
    ...(shown ?? []).map(line => `  ${line}`.trimEnd())
  ].join('\n')
}

const shownHeaders = ({ headers }: Pick<Answer, 'headers'>): string[] =>
  Object.entries(headers).flatMap(([name, value]) =>
    ['date', 'connection', 'keep-alive'].includes(name) ? [] : [`${name}: ${String(value)}`]
  )
