import { essenceOf, isJson } from './media-type.js'

/** What the body of a reply is written from: a value, text, events, or bytes. */
export type ReplyKind = 'json' | 'text' | 'events' | 'bytes'

/** The media type of streams of events (WHATWG HTML §9.2). */
const eventMediaType = 'text/event-stream'

const jsonLineTypes = [
  'application/jsonl',
  'application/ndjson',
  'application/x-ndjson',
  'application/json-seq'
] as const

/** What is text beside `text/*`, in UTF-8. */
const textTypes = [
  ...jsonLineTypes,
  'application/x-www-form-urlencoded',
  'application/xml',
  'application/yaml',
  'application/javascript'
] as const
export type OtherText = (typeof textTypes)[number]

const texts: ReadonlySet<string> = new Set(textTypes)
const jsonLines: ReadonlySet<string> = new Set(jsonLineTypes)

/** Whether a media type is that of texts in JSON, one after another. */
export const isJsonLines = (mediaType: string): boolean => jsonLines.has(essenceOf(mediaType))

/** What bodies in a media type are written from: bytes, if nobody knows better. */
export const replyKindOf = (mediaType: string): ReplyKind => {
  const essence = essenceOf(mediaType)
  if (isJson(essence)) return 'json'
  if (essence === eventMediaType) return 'events'
  return essence.startsWith('text/') || /\+(?:xml|yaml|json-seq)$/.test(essence) || texts.has(essence)
    ? 'text'
    : 'bytes'
}
