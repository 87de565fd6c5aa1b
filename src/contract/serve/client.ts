import type { IncomingMessage } from 'node:http'

/** Tells the IP address that a request comes from: that of its socket, or what a trusted proxy says. */
export type AddressOf = (message: IncomingMessage) => string

/** Tells the id of a request, by which its lines in the log are found. */
export type IdOf = (message: IncomingMessage) => string

/** Who sends a request, as far as the network knows. */
export class Client {
  readonly #message: IncomingMessage
  readonly #addressOf: AddressOf

  constructor(message: IncomingMessage, addressOf: AddressOf) {
    this.#message = message
    this.#addressOf = addressOf
  }

  /** The IP address. Looked up when it is asked for, because few ask. */
  get address(): string {
    return this.#addressOf(this.#message)
  }
}
