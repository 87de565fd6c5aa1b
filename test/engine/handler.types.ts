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
