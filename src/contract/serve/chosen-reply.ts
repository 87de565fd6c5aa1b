import { acceptable } from './accept.js'
import type { Reply } from './reply.js'

/** What the server has to say where a client takes none of the media types that a handler offers. */
export interface Unacceptable {
  readonly offered: readonly string[]
}

/**
 * The reply with the one of its bodies that the client would rather have (RFC 9110 §12.5.1), which is made only now; as it
 * is if it offers none.
 */
export const chosenReply = async (reply: Reply, accept: string | undefined): Promise<Reply | Unacceptable> => {
  const { bodies, ...rest } = reply
  if (bodies === undefined) return reply
  const offered = Object.keys(bodies).filter(name => bodies[name] !== undefined)
  const [mediaType] = acceptable(accept, offered)
  const make = mediaType === undefined ? undefined : bodies[mediaType]
  if (mediaType === undefined || make === undefined) return { offered }
  return { ...rest, mediaType, body: await make() }
}
