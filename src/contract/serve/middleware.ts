import type { ServerResponse } from 'node:http'
import type { ContractRequest } from './request.js'
import type { RoutedMessage } from './routed-message.js'

/** What Express calls a middleware, with what Node has. */
export type Middleware = (message: RoutedMessage, response: ServerResponse, next: (error?: unknown) => void) => void

/** An error of a middleware, its `cause`: it is for whoever comes after the contract. */
export class PassedOn extends Error {
  override readonly name = 'PassedOn'

  constructor(cause: unknown) {
    super('A middleware passes an error on', { cause })
  }
}

/**
 * Waits for a middleware to pass a request on. If it answers instead, nothing comes of the request any more; nor if it
 * takes so long that the request has been answered meanwhile.
 *
 * @param end says that a request is done
 * @throws {PassedOn}
 */
export const passThrough = (
  middleware: Middleware,
  request: ContractRequest,
  end: (request: ContractRequest) => void
): Promise<void> =>
  new Promise((resolve, reject) => {
    const { message, response } = request
    const closed = (): void => end(request)
    response.once('close', closed)
    middleware(message, response, error => {
      response.off('close', closed)
      if (request.place < 0) return
      if (error === undefined || error === null) resolve()
      else reject(new PassedOn(error))
    })
  })
