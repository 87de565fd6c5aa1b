/** The process of the polite client: of its own, so that no greedy one holds it up. */
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PoliteJob, PoliteReport } from './polite.js'

/** How long an answer may take, in milliseconds. */
const patience = 20_000

const agent = new Agent({ keepAlive: true, maxSockets: 4 })

const ask = (job: PoliteJob, isKept: boolean): Promise<PoliteReport> =>
  new Promise(resolve => {
    const { port, path, headers, from } = job
    const begin = performance.now()
    const settle = (problem?: string): void => resolve({ latency: performance.now() - begin, problem })
    const local = from === undefined ? {} : { localAddress: from }
    const sent = { host: '127.0.0.1', port, path, headers, agent: isKept ? agent : false, ...local }
    const asked = request(sent, answer => {
      answer.resume().on('error', ({ message }) => settle(message))
      answer.on('end', () => settle(answer.statusCode === 200 ? undefined : `status ${answer.statusCode ?? 0}`))
    })
    asked.setTimeout(patience, () => asked.destroy(new Error(`no answer within ${patience / 1000} s`)))
    asked.on('error', (error: NodeJS.ErrnoException) => {
      // One that the server closes just when it is used again is asked again: RFC 9112 §9.3.1.
      if (isKept && asked.reusedSocket && error.code === 'ECONNRESET') void ask(job, false).then(resolve)
      else settle(error.message)
    })
    asked.end()
  })

process.on('message', (job: PoliteJob) => {
  void (async () => {
    for (let sent = 0; ; sent += 1) {
      void ask(job, sent % 2 === 0).then(report => process.send?.(report))
      await sleep(1000 / job.rate)
    }
  })()
})
