import type { OtherText } from '../openapi/reply-kind.js'
import type { Essence, IsJson } from './media-type-types.js'

/** What the body of a reply is written from, by its media type: see `replyKindOf`. */
export type ReplyKindOf<MediaType> =
  IsJson<MediaType> extends true
    ? 'json'
    : Essence<MediaType> extends 'text/event-stream'
      ? 'events'
      : Essence<MediaType> extends TextType
        ? 'text'
        : 'bytes'

type TextType = `text/${string}` | `${string}+${'xml' | 'yaml' | 'json-seq'}` | OtherText

/** An event of a stream of events (WHATWG HTML §9.2.6). What isn't a text is written as JSON. */
export interface ServerEvent<Data = unknown> {
  /** What it is, for `addEventListener`; by default `message`. */
  readonly event?: string | undefined
  /** What a client that comes back says it has had last, in `Last-Event-ID`. */
  readonly id?: string | undefined
  readonly data: Data
  /** How long a client that has lost the connection waits before it comes back, in milliseconds. */
  readonly retry?: number | undefined
}

// A schema with a property `data` is that of an event; any other is that of its data, but for text: see `eventSchemaKind`.
type EventOf<Value> = string extends keyof Value
  ? ServerEvent<Value> // an object of any properties
  : 'data' extends keyof Value
    ? Value & { readonly data: unknown }
    : [Value] extends [string]
      ? ServerEvent<string extends Value ? unknown : Value>
      : ServerEvent<Value>

/** A text as the schema has it, if that speaks of a text; else any. */
type TextOf<Value> = [unknown] extends [Value] ? string : [Value] extends [string | number | boolean] ? Value : string

/**
 * What a handler gives for a body, by its media type: a value of JSON, a text or bytes, as a whole or bit by bit, or events.
 * A stream of Node's or of the web is an async iterable, too.
 */
export type BodyOf<MediaType, Value> = {
  json: Value
  text: TextOf<Value> | Uint8Array | AsyncIterable<string | Uint8Array>
  events: AsyncIterable<EventOf<Value>>
  bytes: Uint8Array | AsyncIterable<Uint8Array>
}[ReplyKindOf<MediaType>]

/** How many bytes a body has that comes bit by bit, where that can be. */
export type LengthPart<MediaType> = ReplyKindOf<MediaType> extends 'json' ? object : { readonly length?: number }
