/**
 * The types of handlers, on interfaces of the shape that openapi-typescript writes: an `@ts-expect-error` without an
 * error under it is an error itself.
 */
import type { OperationHandler, UserOf } from '../../src/contract/index.js'

interface List {
  parameters: { query?: { limit?: number; after?: string; order?: string | null }; header?: { 'X-Trace'?: string } }
  requestBody?: never
  responses: {
    200: { headers: Record<string, unknown>; content: { 'application/json': string[] } }
    404: { headers: Record<string, unknown>; content?: never }
  }
}
interface Defaults {
  query: 'limit' | 'order'
}
interface Users {
  Key: { name: string }
}

type Handler = OperationHandler<List, UserOf<'Key' | undefined, Users>, { store: string[] }, Defaults>

/** A parameter with a default is never undefined, and parameters of headers are in lower case. */
export const filled: Handler = ({ query, headers }, { store }) =>
  Promise.resolve({ status: 200, body: store.slice(0, query.limit.valueOf()).concat(headers['x-trace'] ?? '') })

// @ts-expect-error a parameter without a default may be undefined
export const absent: Handler = ({ query }) => Promise.resolve({ status: 200, body: [query.after.trim()] })

// @ts-expect-error whoever asks may be nobody
export const nobody: Handler = ({ user }) => Promise.resolve({ status: 200, body: [user.name] })

// @ts-expect-error the operation has no body
export const bodiless: Handler = ({ body }) => Promise.resolve({ status: 200, body })

// @ts-expect-error the response has no such type
export const wrong: Handler = () => Promise.resolve({ status: 200, body: [1] })

/** A response without a body. */
export const none: Handler = () => Promise.resolve({ status: 404 })

/** What surrounds a request is always there. */
export const surrounded: Handler = ({ id, client, operation, signal }) =>
  Promise.resolve({ status: 200, body: [id, client.address, operation.path, String(signal.aborted)] })

type NoDefaults = OperationHandler<List, never, { store: string[] }>

// @ts-expect-error where nothing has a default, what isn't required may be undefined
export const unfilled: NoDefaults = ({ query }) => Promise.resolve({ status: 200, body: [query.limit.toFixed()] })

// @ts-expect-error a default takes the place of nothing at all, not of `null`, which can still be sent
export const nullable: Handler = ({ query }) => Promise.resolve({ status: 200, body: [query.order.trim()] })

interface Upload {
  parameters: { query?: never }
  requestBody: {
    content: {
      'application/json': { title: string }
      'text/plain': 'a' | 'b'
      'text/csv; charset=utf-8': unknown
      'application/x-www-form-urlencoded': { title: string }
      'image/*': string
    }
  }
  responses: { 200: { headers: Record<string, unknown>; content: { 'text/plain': string } } }
}
type Taking<O extends { requestBody?: unknown }> = OperationHandler<Omit<Upload, 'requestBody'> & O, never, unknown>
type Only<MediaType extends keyof Upload['requestBody']['content']> = Taking<{
  requestBody: { content: Pick<Upload['requestBody']['content'], MediaType> }
}>

const said = (body: string) => Promise.resolve({ status: 200, mediaType: 'text/plain', body } as const)

/** Bodies in several media types are told apart by `mediaType`. */
export const several: Taking<Upload> = ({ mediaType, body, form }) => {
  switch (mediaType) {
    case 'application/json':
      return said(body.title)
    case 'text/plain':
    case 'text/csv; charset=utf-8':
      return said(body.concat())
    case 'application/x-www-form-urlencoded':
      return said(form.title)
    default:
      return said(mediaType.slice('image/'.length) + String(body.readableLength))
  }
}

// @ts-expect-error the body may be a stream
export const untold: Taking<Upload> = ({ body }) => said(body ?? '')

/** A text of which the schema says more is of that type. */
export const text: Only<'text/plain'> = ({ body }) => said(body satisfies 'a' | 'b')

/** A text without a schema is one all the same. */
export const csv: Only<'text/csv; charset=utf-8'> = ({ body }) => said(body)

// @ts-expect-error of one media type nobody has to say which
export const alone: Only<'text/plain'> = ({ body, mediaType }) =>
  Promise.resolve({ status: 200, mediaType: 'text/plain', body, headers: { mediaType } })

/** A range of media types says which of them it is. */
export const range: Only<'image/*'> = ({ mediaType, body }) =>
  said(`${mediaType satisfies `image/${string}`} ${body.readableLength}`)

/** A body that isn't required may be absent, of one media type or of several. */
export const optional: Taking<{ requestBody?: Upload['requestBody'] }> = ({ mediaType, body }) =>
  said(mediaType ?? String(body satisfies undefined))

// @ts-expect-error a body that isn't required may be absent
export const unsure: Taking<{ requestBody?: { content: { 'text/plain': string } } }> = ({ body }) => said(body)

interface Photo {
  parameters: { query?: never }
  requestBody: { content: { 'multipart/form-data': { title: string; photo: string } } }
  responses: Upload['responses']
}
type Photos = OperationHandler<Photo, never, unknown, object, 'photo'>

/** Files are read one after another, beside the fields. */
export const photos: Photos = async ({ form, files }) => {
  for await (const { name, mediaType, stream } of files)
    stream.resume().on('end', () => (name satisfies 'photo') + mediaType)
  return said(form.title)
}

// @ts-expect-error a file is no field
export const field: Photos = ({ form: { photo } }) =>
  Promise.resolve({ status: 200, mediaType: 'text/plain', body: photo })
