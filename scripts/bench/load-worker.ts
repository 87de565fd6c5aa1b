/**
 * The process that the load comes from. It does as little as it can for each request, so that one core of load is
 * enough for one core of server: requests are sent as they were given, and answers are only counted.
 */
import { connect } from 'node:net'
import { AnswerReader } from './answer.js'
import type { Job, Outcome } from './load.js'
import { percentile } from './statistics.js'

/** How long answers are waited for when the time is over, in seconds. */
const patience = 5

/** Connections that end are replaced, but not for ever. */
const mostReplacements = 1000

const run = ({ port, request, status, connections, seconds }: Job): Promise<Outcome> =>
  new Promise(resolve => {
    const message = Buffer.from(request, 'base64')
    const latencies: number[] = []
    const begin = performance.now()
    const end = begin + seconds * 1000
    const open = new Set<() => void>()
    let last = begin
    let failed = 0
    let replacements = 0

    const finish = (): void => {
      clearInterval(timer)
      for (const close of open) close()
      const sorted = Float64Array.from(latencies).sort()
      const rate = (latencies.length / (last - begin)) * 1000
      const [p50, p99] = [percentile(sorted, 0.5), percentile(sorted, 0.99)]
      resolve({ answered: latencies.length, failed, rate, p50, p99 })
    }
    // Second by second: where the whole machine stands still for a while, answers have come meanwhile.
    let left = seconds + patience
    const timer = setInterval(() => {
      if (--left <= 0) finish()
    }, 1000)

    const start = (): void => {
      let sentAt = 0
      const answer = new AnswerReader()
      const send = (now: number): void => {
        if (now >= end) {
          close()
          if (open.size === 0) finish()
          return
        }
        sentAt = now
        socket.write(message)
      }
      const receive = (bytes: Buffer): void => {
        if (!answer.isWholeWith(bytes)) return
        if (answer.status !== status) failed++
        answer.reset()
        last = performance.now()
        latencies.push(last - sentAt)
        sentAt = 0
        send(last)
      }
      const close = (): void => {
        if (sentAt > 0) failed++
        open.delete(close)
        socket.destroy()
      }
      const ended = (): void => {
        if (!open.has(close)) return
        close()
        if (performance.now() < end && ++replacements <= mostReplacements) start()
        else if (open.size === 0) finish()
      }
      const buffer = Buffer.allocUnsafe(64 * 1024)
      const callback = (length: number): boolean => {
        receive(buffer.subarray(0, length))
        return true
      }
      const socket = connect({ host: '127.0.0.1', port, noDelay: true, onread: { buffer, callback } })
      open.add(close)
      socket.on('connect', () => send(performance.now()))
      socket.on('error', ended).on('end', ended).on('close', ended)
    }
    for (let count = 0; count < connections; count++) start()
  })

// It never sleeps while it works. A server that is slower than the load generator would otherwise pay for waking it with
// each answer, within its own system call, which one as fast as the generator doesn't: 30 µs a request, and 24 without.
process.on('message', (job: Job) => {
  let working = true
  const stayAwake = (): void => {
    if (working) setImmediate(stayAwake)
  }
  stayAwake()
  void run(job).then(outcome => {
    working = false
    process.send?.(outcome)
  })
})
process.on('disconnect', () => process.exit())
