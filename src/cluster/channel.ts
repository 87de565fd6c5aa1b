import { EventEmitter } from 'node:events'

/** The end of a channel between the primary and a worker: `process` in the one, a `Worker` in the other. */
export interface End {
  on(event: 'message', listener: (message: unknown) => void): unknown
  send?(message: object, done: (error: Error | null) => void): unknown
}

/** What goes over a channel: a word, or a question or its answer, which have the same number. */
interface Message {
  readonly topic: string
  readonly kind: 'word' | 'question' | 'answer'
  readonly number: number
  readonly data: unknown
}

/** A channel between two processes of one server. What it carries is data of JSON. */
export class Channel {
  readonly #end: End
  readonly #words = new EventEmitter()
  readonly #answers = new Map<string, (data: unknown) => unknown>()
  readonly #asked = new Map<number, (data: unknown) => void>()
  #number = 0

  constructor(end: End) {
    this.#end = end
    end.on('message', message => {
      if (isMessage(message)) void this.#take(message)
    })
  }

  /** Tells the other process. One that has gone is not told. */
  tell(topic: string, data?: unknown): void {
    this.#send({ topic, kind: 'word', number: 0, data })
  }

  /** Listens. Returns what ends that. */
  on(topic: string, listener: (data: unknown) => void): () => void {
    this.#words.on(topic, listener)
    return () => void this.#words.off(topic, listener)
  }

  /** Asks the other process. Resolves with `undefined` if it hasn't answered within so many milliseconds. */
  ask(topic: string, milliseconds: number, data?: unknown): Promise<unknown> {
    const number = (this.#number += 1)
    return new Promise(resolve => {
      const settle = (answer: unknown): void => {
        clearTimeout(timer)
        this.#asked.delete(number)
        resolve(answer)
      }
      const timer = setTimeout(settle, milliseconds, undefined)
      this.#asked.set(number, settle)
      this.#send({ topic, kind: 'question', number, data })
    })
  }

  /** Says how questions about a topic are answered. */
  answer(topic: string, answer: (data: unknown) => unknown): void {
    this.#answers.set(topic, answer)
  }

  async #take({ topic, kind, number, data }: Message): Promise<void> {
    if (kind === 'word') this.#words.emit(topic, data)
    else if (kind === 'answer') this.#asked.get(number)?.(data)
    else this.#send({ topic, kind: 'answer', number, data: await this.#answers.get(topic)?.(data) })
  }

  #send(message: Message): void {
    this.#end.send?.(message, () => undefined) // an error means that it has gone, which is told otherwise
  }
}

const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && 'topic' in value && 'kind' in value && 'number' in value
