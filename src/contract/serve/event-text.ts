import { isRecord } from '../document/record.js'
import { BodyError } from './body-error.js'

/** What keeps the connection of a stream of events open where nothing happens: a comment, which clients drop. */
export const heartbeatText = ':\n\n'

/**
 * An event as it is sent (WHATWG HTML §9.2.6).
 *
 * @param data the text of its data, each line of which is a field
 * @throws {BodyError} if it has something that can't be written
 */
export const eventText = (event: unknown, data: string): string => {
  if (!isRecord(event)) throw new BodyError("an event isn't an object", '')
  const { event: name, id, retry } = event
  const fields = [field('event', name, /[\r\n]/), field('id', id, /[\r\n\0]/)]
  if (retry !== undefined) {
    if (typeof retry !== 'number' || !Number.isSafeInteger(retry) || retry < 0) {
      throw new BodyError("the `retry` of an event isn't a whole number of milliseconds", '')
    }
    fields.push(`retry: ${retry}\n`)
  }
  const lines = data.split(/\r\n|\r|\n/).map(line => `data: ${line}\n`)
  return `${[...fields, ...lines].join('')}\n`
}

const field = (name: string, value: unknown, forbidden: RegExp): string => {
  if (value === undefined) return ''
  if (typeof value !== 'string') throw new BodyError(`the \`${name}\` of an event isn't text`, '')
  if (forbidden.test(value)) throw new BodyError(`the \`${name}\` of an event has a character that can't be sent`, '')
  return `${name}: ${value}\n`
}
