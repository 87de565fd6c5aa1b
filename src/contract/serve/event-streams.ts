/** A stream of events that a client reads. */
export interface OpenStream {
  readonly end: () => void
}

/** The streams of events that are open. They would last as long as their clients want: so they end with the server. */
export class EventStreams {
  readonly #open = new Set<OpenStream>()
  readonly #stopping: AbortSignal | undefined

  /** @param stopping aborted when the server stops */
  constructor(stopping: AbortSignal | undefined) {
    this.#stopping = stopping
    stopping?.addEventListener('abort', () => {
      for (const stream of this.#open) stream.end()
    })
  }

  /** Keeps a stream until it is over. */
  async keep(stream: OpenStream, over: Promise<void>): Promise<void> {
    this.#open.add(stream)
    if (this.#stopping?.aborted === true) stream.end()
    try {
      await over
    } finally {
      this.#open.delete(stream)
    }
  }
}
