import { connect } from 'node:net'
import { AnswerReader, FramingError, type WireAnswer } from './answers.js'
import type { Conversation, Step } from './grammar/conversation.js'

/** How long a connection may go without what has to come, in milliseconds. */
export const patience = 20_000

/** What came of a conversation. */
export interface Played {
  readonly answers: readonly WireAnswer[]
  /** The statuses of interim answers, by the index of the request that they came before. */
  readonly interim: readonly { readonly before: number; readonly status: number }[]
  /** What is wrong with it as a conversation in HTTP, whatever the answers say. */
  readonly problem: string | undefined
  /** What came in last and is part of no answer. */
  readonly rest: string
}

const bytesOf = ({ head, body, waits }: Step): string => (waits ? head : head + body)

const cutAt = (text: string, cuts: readonly number[]): string[] => {
  const places = [0, ...cuts.map(share => Math.floor(share * text.length)), text.length]
  return places.slice(1).map((end, index) => text.slice(places[index], end))
}

/** Says what a conversation has to say, and takes what comes back within `deadline` milliseconds. Never rejects. */
export const play = (
  port: number,
  { steps, manner, leaves, cuts }: Conversation,
  deadline = patience
): Promise<Played> =>
  new Promise(resolve => {
    const reader = new AnswerReader()
    const answers: WireAnswer[] = []
    const interim: { before: number; status: number }[] = []
    let isOver = false
    let sent = 0
    let hasSentBody = false
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
    const timer = setTimeout(() => {
      const what =
        answers.length < steps.length ? `no answer to request ${answers.length + 1} of ${steps.length}` : 'not closed'
      settle(`hung: ${what} within ${deadline / 1000} s`)
    }, deadline)

    const settle = (problem?: string): void => {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      socket.destroy()
      resolve({ answers, interim, problem, rest: reader.rest })
    }
    const write = (text: string): void => void socket.write(text, 'latin1')
    const inPieces = (pieces: readonly string[], then: () => void): void => {
      const [first, ...others] = pieces
      if (first === undefined || isOver || socket.destroyed) then()
      else {
        if (first !== '') write(first)
        if (manner === 'in drops') setTimeout(inPieces, 3, others, then)
        else setImmediate(inPieces, others, then)
      }
    }
    const begin = (): void => {
      const all = steps.map(bytesOf).join('')
      if (leaves !== 'no') {
        const [share = 0] = cuts
        write(all.slice(0, Math.floor(share * all.length)))
        if (leaves === 'ends') socket.end()
        else setImmediate(() => settle())
      } else if (manner === 'in turn') sendNext()
      else if (manner === 'at once') write(all)
      else
        inPieces(
          manner === 'in drops' ? all.slice(0, 100).split('').concat(all.slice(100)) : cutAt(all, cuts),
          () => undefined
        )
    }
    const sendNext = (): void => {
      const step = steps[sent]
      sent += 1
      if (step) write(bytesOf(step))
    }
    const take = (isClosed: boolean): void => {
      for (;;) {
        const step = steps[answers.length]
        const answer = reader.next(step?.isHead ?? false, isClosed)
        if (!answer) return
        if (answer.status < 200) {
          interim.push({ before: answers.length, status: answer.status })
          if (step?.waits && !hasSentBody) {
            hasSentBody = true
            write(step.body)
          }
          continue
        }
        if (!step && leaves === 'no') throw new FramingError('an answer to no request')
        answers.push(answer)
        if (answers.length < steps.length) {
          if (manner === 'in turn' && leaves === 'no' && !answer.closes) sendNext()
        } else if (leaves === 'no' && !answer.closes) socket.end()
      }
    }
    const read = (isClosed: boolean): void => {
      try {
        take(isClosed)
      } catch (error) {
        settle(error instanceof FramingError ? error.message : String(error))
      }
    }
    const close = (how: string): void => {
      read(true)
      if (isOver) return
      const isCut = reader.rest !== ''
      if (leaves !== 'no') settle(isCut && leaves === 'ends' ? 'an answer that is cut' : undefined)
      else if (isCut) settle('bytes that are part of no answer, or an answer that is cut')
      else if (answers.length < steps.length && answers.at(-1)?.closes !== true)
        settle(`${how} before the answer to request ${answers.length + 1} of ${steps.length}`)
      else settle()
    }
    socket.setEncoding('latin1')
    socket.on('connect', begin)
    socket.on('data', (text: string) => {
      reader.add(text)
      read(false)
    })
    socket.on('end', () => {
      socket.end()
      close('closed')
    })
    socket.on('error', ({ code = '' }: NodeJS.ErrnoException) =>
      close(code === 'ECONNRESET' ? 'reset' : `failed (${code})`)
    )
    socket.on('close', () => close('closed'))
  })
