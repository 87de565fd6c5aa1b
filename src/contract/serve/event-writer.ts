import { isRecord } from '../document/record.js'
import type { Contract } from '../openapi/contract.js'
import { eventSchemaKind } from '../openapi/event-schema.js'
import { BodyError } from './body-error.js'
import { eventText } from './event-text.js'
import { jsonBodyWriter, type WriteBody } from './json-body-writer.js'

/**
 * Makes the writer of events, each of which is held to the schema as far as it speaks of it: see `eventSchemaKind`. Data
 * that isn't a text is written as JSON, by the same rules as a body: what isn't declared doesn't leave.
 *
 * @param at the pointer of the schema; `undefined` if the media type has none
 */
export const eventWriter = (contract: Contract, at: string | undefined, strict: boolean): WriteBody => {
  const kind = eventSchemaKind(contract, at)
  const write = jsonBodyWriter(contract, kind === 'text' ? undefined : at, strict)
  if (kind !== 'event') {
    return event => {
      const data = isRecord(event) ? event['data'] : undefined
      const json = write(data)
      return eventText(event, typeof data === 'string' ? data : String(json))
    }
  }
  return event => {
    const sent: unknown = JSON.parse(String(write(event)))
    if (!isRecord(sent) || sent['data'] === undefined) throw new BodyError('an event has no `data`', at ?? '')
    const { data } = sent
    return eventText(sent, typeof data === 'string' ? data : JSON.stringify(data))
  }
}
