import { type Request, type RequestHandler, type Response, Router } from 'express'
import type { Middleware } from '../contract/index.js'

/**
 * Ordinary Express middleware around the contract. It may set headers, answer by itself, or pass an error to `next`, which
 * the one error handler answers: in the server's own words, by the error's `status` if that is a 4xx, else as a 500.
 *
 * None may read the body, which is read when its sender has been let in.
 */
export interface ExpressMiddleware {
  /** Sees each request to the server, whatever its path, before anybody else does. */
  readonly before: readonly RequestHandler[]
  /**
   * Sees the requests to operations of the contract, before security: `request.operation` (see `RoutedMessage`) says to
   * which. What takes it longer than a reply may take is a 503.
   */
  readonly after: readonly RequestHandler[]
}

/** The middleware of this server: add yours here. Where there is none, it costs nothing. */
export const middleware: ExpressMiddleware = { before: [], after: [] }

/** Those for the engine, as one; `undefined` if there are none. */
export const routedMiddleware = ({ after }: ExpressMiddleware): Middleware | undefined => {
  if (after.length === 0) return undefined
  const router = Router().use(...after)
  return (message, response, next) => router(message as Request, response as Response, next)
}
