/** What the body of a reply is read from, bit by bit: nothing is read before it is asked for. */
export interface ReplySource {
  readonly next: () => Promise<IteratorResult<unknown, unknown>>
  /** Says that nobody wants the rest. Resolves when what it is read from has cleaned up; never rejects. */
  readonly close: () => Promise<void>
}

interface NodeStream extends AsyncIterable<unknown> {
  readonly destroy: () => unknown
  readonly on: (event: 'error', listener: () => void) => unknown
}

interface WebStream extends AsyncIterable<unknown> {
  readonly getReader: () => {
    readonly read: () => Promise<{ readonly done: boolean; readonly value?: unknown }>
    readonly cancel: () => Promise<void>
  }
}

const has = (body: object, method: string): boolean => typeof (Reflect.get(body, method) as unknown) === 'function'

const isNodeStream = (body: AsyncIterable<unknown>): body is NodeStream => has(body, 'destroy') && has(body, 'on')
const isWebStream = (body: AsyncIterable<unknown>): body is WebStream => has(body, 'getReader')

/** Whether a body comes bit by bit: it is a stream of Node's or of the web, or another async iterable. */
export const isSource = (body: unknown): body is AsyncIterable<unknown> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body

/** @throws {TypeError} if somebody else reads it already */
export const sourceOf = (body: AsyncIterable<unknown>): ReplySource => {
  if (isWebStream(body)) return ofWeb(body)
  return isNodeStream(body) ? ofNode(body) : ofIterable(body)
}

/** Closes something of which nobody waits any more for what is wrong with it. */
export const quietly = async (close: () => unknown): Promise<void> => {
  try {
    await close()
  } catch {
    return
  }
}

const ofIterable = (body: AsyncIterable<unknown>): ReplySource => {
  const iterator = body[Symbol.asyncIterator]()
  return { next: () => iterator.next(), close: () => quietly(() => iterator.return?.()) }
}

const ofNode = (body: NodeStream): ReplySource => {
  const { next } = ofIterable(body)
  const close = (): Promise<void> => {
    body.on('error', () => undefined) // a file that isn't there may say so only now
    body.destroy()
    return Promise.resolve()
  }
  return { next, close }
}

const ofWeb = (body: WebStream): ReplySource => {
  const reader = body.getReader()
  return {
    next: async () => {
      const { done, value } = await reader.read()
      return { done, value }
    },
    close: () => quietly(() => reader.cancel())
  }
}
