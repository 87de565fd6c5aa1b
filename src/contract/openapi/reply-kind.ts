import { essenceOf, isJson } from './media-type.js'

/** What the body of a reply is written from: a value, text, events, or bytes. */
export type ReplyKind = 'json' | 'text' | 'events' | 'bytes'

/** The media type of streams of events (WHATWG HTML §9.2). */
export const eventMediaType = 'text/event-stream'

// All of them are written in UTF-8. The compiler goes by the same table: see `ReplyKindOf`.
const texts: ReadonlySet<string> = new Set([
  'application/x-www-form-urlencoded',
  'application/jsonl',
  'application/ndjson',
  'application/x-ndjson',
  'application/json-seq',
  'application/xml',
  'application/yaml',
  'application/javascript'
])

/** What bodies in a media type are written from: bytes, if nobody knows better. */
export const replyKindOf = (mediaType: string): ReplyKind => {
  const essence = essenceOf(mediaType)
  if (isJson(essence)) return 'json'
  if (essence === eventMediaType) return 'events'
  return essence.startsWith('text/') || /\+(?:xml|yaml|json-seq)$/.test(essence) || texts.has(essence)
    ? 'text'
    : 'bytes'
}
