import { finished } from 'node:stream/promises'
import { BodyStream } from './body-stream.js'
import type { ReceivedFile } from './received-file.js'
import { RefusedBodyError } from './refused-body-error.js'
import type { RequestInput } from './request.js'

/** Reads a body, or the files of one, for nobody; gives what is wrong with it. */
export const readThrough = async ({ body, files }: RequestInput): Promise<RefusedBodyError | undefined> => {
  try {
    if (body instanceof BodyStream) await finished(body.resume())
    for await (const { stream } of (files ?? []) as AsyncIterable<ReceivedFile>) await finished(stream.resume())
    return undefined
  } catch (error) {
    if (error instanceof RefusedBodyError) return error
    throw error
  }
}
