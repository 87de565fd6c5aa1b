import { StringDecoder } from 'node:string_decoder'
import type { Contract } from '../openapi/contract.js'
import { isJsonLines } from '../openapi/reply-kind.js'
import { parseJson } from './json-body.js'
import { BodyError } from './body-error.js'
import { jsonBodyWriter } from './json-body-writer.js'

/** What each text of a sequence of JSON begins with (RFC 7464 §2.2). */
export const separator = '\x1e'

/** Holds text to what its schema says of each line, piece by piece; at the end, of the last one, too. */
export interface LineCheck {
  readonly take: (piece: string | Uint8Array) => void
  readonly end: () => void
}

/**
 * Makes what holds lines of JSON to their schema, for strict replies: OpenAPI 3.1 has no other place for it. `undefined` for
 * other texts, and where the schema isn't that of a line: there is none, or one of a text or a list, which is all of them.
 *
 * @throws {BodyError} from what it makes
 */
export const jsonLines = (
  contract: Contract,
  mediaType: string,
  at: string | undefined
): (() => LineCheck) | undefined => {
  if (at === undefined || !isJsonLines(mediaType)) return undefined
  const { value: schema } = contract.resolve(at)
  const type: unknown = typeof schema === 'object' && schema !== null ? Reflect.get(schema, 'type') : undefined
  if (type === 'string' || type === 'array') return undefined
  const write = jsonBodyWriter(contract, at, true)
  const check = (line: string): void => {
    const text = line.startsWith(separator) ? line.slice(1) : line
    if (text.trim() === '') return
    const parsed = parseJson(text)
    if (!('value' in parsed)) throw new BodyError("a line isn't JSON", at)
    write(parsed.value)
  }
  return () => {
    const decoder = new StringDecoder('utf8')
    let rest = ''
    return {
      take: piece => {
        const lines = (rest + (typeof piece === 'string' ? piece : decoder.write(Buffer.from(piece)))).split('\n')
        rest = lines.pop() ?? ''
        lines.forEach(check)
      },
      end: () => check(rest + decoder.end())
    }
  }
}
