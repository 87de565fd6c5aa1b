import type { ServerResponse } from 'node:http'
import type { OperationObject } from '../openapi/operation-object.js'
import type { EventStreams } from './event-streams.js'
import type { Reply } from './reply.js'
import { isSource, quietly, type ReplySource, sourceOf } from './reply-source.js'
import { ReplyStream } from './reply-stream.js'
import type { ReplyWriter } from './reply-writer.js'
import type { ContractRequest } from './request.js'

/** A reply whose body comes bit by bit. */
export interface StreamedReply extends Reply {
  readonly body: AsyncIterable<unknown>
}

export const isStreamed = (reply: Reply): reply is StreamedReply => isSource(reply.body)

/** Closes what a reply would have been read from: nobody waits for it any more. */
export const discard = (reply: Reply | undefined): void => {
  if (reply !== undefined && isStreamed(reply)) void quietly(() => sourceOf(reply.body).close())
}

/** How streams are written. */
export interface Streaming {
  readonly writer: ReplyWriter
  readonly events: EventStreams
  /** How long a stream of events may be silent, in milliseconds, before a heartbeat is sent. */
  readonly heartbeat: number
}

/**
 * Writes a reply whose body comes bit by bit. Resolves when it is over.
 *
 * @param begin says that the head is about to be written, and whether somebody still waits for it
 * @throws {ReplyError} if the contract doesn't declare it; and what goes wrong in its source
 */
export const writeStreamed = async (
  { writer, events, heartbeat }: Streaming,
  request: ContractRequest,
  reply: StreamedReply,
  operation: OperationObject,
  begin: () => boolean
): Promise<void> => {
  const source = sourceOf(reply.body)
  const { headers, isEvents, pieces } = headOf(writer, reply, operation, source)
  const { message, response } = request
  const writeHead = (): boolean => {
    const isWaitedFor = begin()
    if (!isWaitedFor) return false
    if (message.httpVersionMinor === 0) response.useChunkedEncodingByDefault = false // RFC 9112 §6.1
    response.writeHead(reply.status, headers)
    return true
  }
  if (!pieces || hasNoBody(response, reply)) {
    await source.close()
    if (writeHead()) response.end()
    return
  }
  const stream = new ReplyStream(response, source, {
    pieces,
    begin: writeHead,
    length: reply.length,
    heartbeat: isEvents ? heartbeat : undefined
  })
  const over = stream.write()
  if (!isEvents) return over
  const end = (): void => {
    request.stop()
    void stream.end()
  }
  return events.keep({ end }, over)
}

const headOf = (writer: ReplyWriter, reply: Reply, operation: OperationObject, source: ReplySource) => {
  try {
    return writer.head(reply, operation)
  } catch (error) {
    void source.close()
    throw error
  }
}

const hasNoBody = ({ req }: ServerResponse, { status }: Reply): boolean =>
  req.method === 'HEAD' || status === 204 || status === 304
