import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

// What Node has of a connection, beside what it documents.
interface Parsed extends Socket {
  readonly parser?: { execute: (bytes: Buffer) => number | Error } | null
}

/** How long the extensions of a chunk may be, in Node's parser. */
const longestExtension = [16 * 1024, 'HPE_CHUNK_EXTENSIONS_OVERFLOW'] as const

/** Whether a request asks for another protocol (RFC 9110 §7.8). The server never changes to one, and goes on in HTTP. */
export const asksForUpgrade = ({ headers }: IncomingMessage): boolean => headers.upgrade !== undefined

/**
 * Has Node's parser read what comes behind the head of a request that asks for another protocol: its body, or the next
 * request. Of an error there it tells nobody, so that a client would wait in vain; it is known by the bytes that are left.
 */
export class AfterUpgrade {
  readonly #socket: Parsed
  readonly #longestHead: number
  #request: IncomingMessage | undefined = undefined
  #isBody = false
  /** How much has come of the head that has begun, or of the line that has begun in a body. */
  #length = 0

  constructor(socket: Parsed, longestHead: number) {
    this.#socket = socket
    this.#longestHead = longestHead
  }

  /** @returns what is wrong, with Node's code where it is too long */
  parse(bytes: Buffer, request: IncomingMessage): Error | undefined {
    const isBody = !request.complete
    if (request !== this.#request || isBody !== this.#isBody) this.#length = 0
    this.#request = request
    this.#isBody = isBody
    const taken = this.#socket.parser?.execute(bytes) ?? 0
    if (taken instanceof Error) return taken // where there was no `Connection: upgrade` it tells
    const line = isBody ? bytes.lastIndexOf('\n', taken - 1) : -1
    this.#length = taken - line - 1 + (line < 0 ? this.#length : 0)
    if (taken === bytes.length) return undefined
    const error = new Error('No HTTP behind a request that asks for an upgrade.')
    const [longest, code] = isBody ? longestExtension : [this.#longestHead, 'HPE_HEADER_OVERFLOW']
    return this.#length < longest ? error : Object.assign(error, { code })
  }
}
