/**
 * The types of replies, on interfaces of the shape that openapi-typescript writes: an `@ts-expect-error` without an error
 * under it is an error itself.
 */
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { OperationHandler, ServerEvent } from '../../src/contract/index.js'

interface Contents {
  'application/json': { id: number }
  'text/csv': string
  'text/plain': 'a' | 'b'
  'application/jsonl': { id: number }
  'image/png': string
  'image/*': string
  'application/octet-stream': unknown
}
interface Response<C, H = Record<string, unknown>> {
  headers: H
  content: C
}
type Answering<R> = OperationHandler<{ parameters: object; responses: { 200: R } }, never, unknown>
type In<MediaType extends keyof Contents> = Answering<Response<Pick<Contents, MediaType>>>

async function* bytes() {
  yield await Promise.resolve(Buffer.from('a'))
}
async function* texts() {
  yield await Promise.resolve('a')
}
const reply = <T>(body: T) => Promise.resolve({ status: 200, body } as const)
const offer = <T>(bodies: T) => Promise.resolve({ status: 200, bodies } as const)

/** Bytes as a whole, and bit by bit. */
export const pictures: readonly In<'image/png'>[] = [
  () => reply(Buffer.from('a')),
  () => reply(new Uint8Array(1)),
  () => reply(bytes()),
  () => reply(Readable.from(['a'])),
  () => reply(createReadStream('a.png')),
  async () => reply((await fetch('http://127.0.0.1')).body ?? new Uint8Array()),
  () => Promise.resolve({ status: 200, mediaType: 'image/png', body: createReadStream('a.png'), length: 7 })
]
// @ts-expect-error a text is no bytes
export const pictureOfText: In<'image/png'> = () => reply('a')
// @ts-expect-error nor is an object
export const pictureOfObject: In<'image/png'> = () => reply({ a: 1 })
// @ts-expect-error nor are texts bit by bit
export const pictureOfTexts: In<'image/png'> = () => reply(texts())
// @ts-expect-error nor is it, where the schema says nothing
export const anyOfText: In<'application/octet-stream'> = () => reply('a')

/** Texts as a whole, and bit by bit. */
export const tables: readonly In<'text/csv'>[] = [
  () => reply('a'),
  () => reply(texts()),
  () => reply(bytes()),
  () => reply(createReadStream('a.csv'))
]
// @ts-expect-error an object is no text
export const tableOfObject: In<'text/csv'> = () => reply({ a: 1 })
// @ts-expect-error nor is one that is none of those that the schema allows
export const other: In<'text/plain'> = () => reply('c')

/** Lines of JSON are text, whatever the schema says of each. */
export const lines: In<'application/jsonl'> = () => reply(texts())
// @ts-expect-error and no objects
export const objects: In<'application/jsonl'> = () => reply({ id: 1 })

// @ts-expect-error JSON is no stream
export const json: In<'application/json'> = () => reply(texts())

/** Of several media types, one is chosen by the handler. */
export const chosen: In<'application/json' | 'text/csv'> = () =>
  Promise.resolve({ status: 200, mediaType: 'text/csv', body: 'a' })
/** Or by the client. */
export const offered: In<'application/json' | 'text/csv'> = () =>
  Promise.resolve({
    status: 200,
    bodies: { 'application/json': () => ({ id: 1 }), 'text/csv': () => Promise.resolve('a') }
  })
/** Of a range, too. */
export const ranged: In<'image/*'> = () => offer({ 'image/webp': () => Buffer.from(''), 'image/avif': () => bytes() })
// @ts-expect-error the media type isn't declared
export const undeclared: In<'application/json' | 'text/csv'> = () => offer({ 'text/html': () => 'a' })
// @ts-expect-error a body is what its media type says
export const mistaken: In<'application/json' | 'text/csv'> = () => offer({ 'application/json': () => 'a' })
// @ts-expect-error there is nothing to choose from
export const only: In<'application/json'> = () => offer({ 'application/json': () => ({ id: 1 }) })

type Events<Value> = Answering<Response<{ 'text/event-stream': Value }>>

async function* events<Data>(event: ServerEvent<Data>) {
  yield await Promise.resolve(event)
}

/** The schema of events is that of their data. */
export const ticks: Events<{ at: number }> = () => reply(events({ event: 'tick', id: '1', data: { at: 1 }, retry: 1 }))
// @ts-expect-error the data is another
export const untimed: Events<{ at: number }> = () => reply(events({ data: { at: 'x' } }))
// @ts-expect-error it has to be there
export const empty: Events<{ at: number }> = () => reply(events({ event: 'tick' }))
/** Without one, or with that of a text, the data is anything. */
export const anything: readonly (Events<unknown> | Events<string>)[] = [() => reply(events({ data: [1] }))]

type Message = { event: 'a'; data: { a: number } } | { event: 'b'; data: string; id: string }
async function* messages(one: Message) {
  yield await Promise.resolve(one)
}
/** With a property `data` it is that of the whole event. */
export const whole: Events<Message> = () => reply(messages({ event: 'b', data: 'x', id: '1' }))
// @ts-expect-error which this is none of
export const half: Events<Message> = () => reply(events({ event: 'b', data: 'x' }))

interface Headers {
  'Set-Cookie': string
  ETag: string
  'Last-Modified': string
  'X-Pages': number[]
  'X-Total'?: number
  'X-Fixed': 'always'
  [name: string]: unknown
}
type Labelled = Answering<{ headers: Headers; content?: never }>

const labels = { 'Set-Cookie': ['a=1', 'b=2'], ETag: '"1"', 'Last-Modified': new Date(), 'X-Pages': [1, 2] } as const
/** Headers as they are declared: lists, several cookies, dates. */
export const labelled: Labelled = () => Promise.resolve({ status: 200, headers: { ...labels, 'X-Total': 3 } })
export const cookie: Labelled = () => Promise.resolve({ status: 200, headers: { ...labels, 'Set-Cookie': 'a=1' } })
// @ts-expect-error a number is no text
export const tagged: Labelled = () => Promise.resolve({ status: 200, headers: { ...labels, ETag: 1 } })
// @ts-expect-error an item is no list
export const paged: Labelled = () => Promise.resolve({ status: 200, headers: { ...labels, 'X-Pages': 1 } })

type Unmodified = OperationHandler<
  { parameters: object; responses: { 304: Response<{ 'text/csv': string }> } },
  never,
  unknown
>
/** What isn't new has no body, whatever is declared. */
export const unmodified: Unmodified = () => Promise.resolve({ status: 304 })
// @ts-expect-error it has none
export const modified: Unmodified = () => Promise.resolve({ status: 304, body: 'a' })
