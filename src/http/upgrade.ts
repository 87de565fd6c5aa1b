import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

// What Node has of a connection, beside what it documents.
interface Parsed extends Socket {
  readonly parser?: { execute: (bytes: Buffer) => number | Error } | null
}

/** Whether a request asks for another protocol (RFC 9110 §7.8). The server never changes to one, and goes on in HTTP. */
export const asksForUpgrade = ({ headers }: IncomingMessage): boolean => headers.upgrade !== undefined

/**
 * Has Node's parser read what comes behind the head of a request that asks for another protocol: its body, or the next
 * request. Of an error there it tells nobody, so that a client would wait in vain; it is known by the bytes that are left.
 */
export const parseAfterUpgrade = ({ parser }: Parsed, bytes: Buffer): Error | undefined => {
  const taken = parser?.execute(bytes)
  if (taken instanceof Error) return taken // where there was no `Connection: upgrade` it tells
  return taken === bytes.length ? undefined : new Error('No HTTP behind a request that asks for an upgrade.')
}
