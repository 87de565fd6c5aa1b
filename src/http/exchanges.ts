import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { AddressOf } from '../contract/index.js'
import { AnsweredExchange, type Exchange, UnparsedExchange } from './exchange.js'
import type { Listeners } from './turn-server.js'

/** Is told of each exchange when it is over. It must not throw: there is no request left that it could fail. */
export type Observer = (exchange: Exchange) => void

/** A request that is observed. When its turn came is kept on it, in milliseconds of `performance.now()`. */
interface ObservedMessage extends IncomingMessage {
  began?: number
}

/** All that a server answers, within the contract and outside of it, for those who observe it. */
export class Exchanges {
  readonly #observers: readonly Observer[]
  #inFlight = 0

  constructor(observers: readonly Observer[]) {
    this.#observers = observers
  }

  /** How many requests are being answered now. */
  get inFlight(): number {
    return this.#inFlight
  }

  /** Makes listeners of a server that do the same, and are observed. They are for one server. */
  observe({ serve, unexpected, unparsed }: Listeners, addressOf: AddressOf): Listeners {
    const close = this.#closer(addressOf)
    const observed =
      (listener: RequestListener): RequestListener =>
      (request: ObservedMessage, response) => {
        this.#inFlight += 1
        request.began = performance.now()
        response.on('close', close)
        listener(request, response)
      }
    return {
      serve: observed(serve),
      ...(unexpected && { unexpected: observed(unexpected) }),
      ...(unparsed && {
        unparsed: (error, socket, response) => {
          const reply = unparsed(error, socket, response)
          if (response)
            response.statusCode = reply.status // it never begins: it is told of when it closes
          else this.#tell(new UnparsedExchange(reply.status, socket))
          return reply
        }
      })
    }
  }

  // One listener for all responses: it gets the one that closes as `this`.
  #closer(addressOf: AddressOf): (this: ServerResponse<ObservedMessage>) => void {
    const closed = (response: ServerResponse<ObservedMessage>): void => {
      this.#inFlight -= 1
      const { req: request } = response
      const milliseconds = performance.now() - (request.began ?? 0)
      this.#tell(new AnsweredExchange(request, response, milliseconds, addressOf))
    }
    return function () {
      closed(this)
    }
  }

  #tell(exchange: Exchange): void {
    for (const observer of this.#observers) observer(exchange)
  }
}
