import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { AnswerReader } from './answers.js'

/** What came of a load. */
export interface LoadOutcome {
  readonly answered: number
  /** Of requests that got no complete answer, and of answers other than 200, what happened. */
  readonly lost: readonly string[]
  /** How many connections were refused. */
  readonly refused: number
}

export interface LoadOptions {
  readonly port: number
  readonly request: string
  /** How many clients keep their connections, and how many take a new one each time. */
  readonly kept: number
  readonly fresh: number
  /** Whether a balancer in front would send requests here. */
  readonly isOpen: () => boolean
}

/** How long an answer may take, in milliseconds. */
const patience = 20_000

/** A connection on which one request after the other is sent. */
class Line {
  readonly #socket: Socket
  readonly #reader = new AnswerReader()
  #settle: ((problem: string | undefined) => void) | undefined
  isUsable = true

  constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => this.#read(text))
    socket.on('error', ({ message }) => this.#end(message))
    socket.on('end', () => this.#end('closed'))
    socket.on('close', () => this.#end('closed'))
  }

  /** Sends a request. What is wrong with what comes back, if anything is. */
  ask(request: string): Promise<string | undefined> {
    return new Promise(resolve => {
      const timer = setTimeout(() => this.#end(`no answer within ${patience / 1000} s`), patience)
      this.#settle = problem => {
        clearTimeout(timer)
        this.#settle = undefined
        resolve(problem)
      }
      this.#socket.write(request)
    })
  }

  close(): void {
    this.isUsable = false
    this.#socket.destroy()
  }

  #read(text: string): void {
    this.#reader.add(text)
    try {
      const answer = this.#reader.next(false, false)
      if (!answer) return
      if (answer.closes) this.isUsable = false
      this.#settle?.(answer.status === 200 ? undefined : `the status is ${answer.status}`)
    } catch (error) {
      this.#end(String(error))
    }
  }

  #end(why: string): void {
    this.isUsable = false
    this.#settle?.(why)
    this.#socket.destroy()
  }
}

const opened = (port: number): Promise<Line | undefined> =>
  new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('error', () => resolve(undefined))
    socket.once('connect', () => {
      socket.removeAllListeners('error')
      resolve(new Line(socket))
    })
  })

/** Sends requests all the time, until it is stopped; then gives what came of them. */
export const startLoad = ({ port, request, kept, fresh, isOpen }: LoadOptions): (() => Promise<LoadOutcome>) => {
  let isOver = false
  let [answered, refused] = [0, 0]
  const lost: string[] = []
  const client = async (isKept: boolean): Promise<void> => {
    let line: Line | undefined
    while (!isOver) {
      if (!isOpen()) {
        line?.close()
        line = undefined
        await sleep(5)
        continue
      }
      if (line?.isUsable !== true || !isKept) {
        line?.close()
        line = await opened(port)
        if (!line) {
          refused += 1
          await sleep(5)
          continue
        }
      }
      const problem = await line.ask(request)
      if (problem === undefined) answered += 1
      else lost.push(`${isKept ? 'on a kept connection' : 'on a new connection'}: ${problem}`)
      await sleep(Math.random() * 4)
    }
    line?.close()
  }
  const clients = [
    ...Array.from({ length: kept }, () => client(true)),
    ...Array.from({ length: fresh }, () => client(false))
  ]
  return async () => {
    isOver = true
    await Promise.all(clients)
    return { answered, lost, refused }
  }
}
