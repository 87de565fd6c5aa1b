import { isRecord } from '../../document/record.js'
import { eventSchemaKind } from '../../openapi/event-schema.js'
import type { Node } from '../../openapi/node.js'
import { BodyError } from '../body-error.js'
import { eventText } from '../event-text.js'

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** A stream of one event, by a value of its schema; `undefined` if it can't be written. A text may be a stream already. */
export const mockEvent = (schema: Node | undefined, value: unknown): string | undefined => {
  if (typeof value === 'string' && /^(?:data|event|id|retry|):/m.test(value)) return value
  const isWhole = schema !== undefined && eventSchemaKind(schema.contract, schema.pointer) === 'event'
  try {
    return isWhole && isRecord(value) ? eventText(value, textOf(value['data'] ?? '')) : eventText({}, textOf(value))
  } catch (error) {
    if (error instanceof BodyError) return undefined
    throw error
  }
}
