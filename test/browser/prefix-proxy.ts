import { createServer, request } from 'node:http'
import { listenAnywhere, type TestServer } from '../support/server.js'

/** A proxy below one of whose paths a server is: it takes that path away, as proxies do, and knows nothing else. */
export const startPrefixProxy = (prefix: string, port: number): Promise<Omit<TestServer, 'log'>> =>
  listenAnywhere(
    createServer((incoming, outgoing) => {
      const { method, url = '', headers } = incoming
      if (!url.startsWith(`${prefix}/`)) {
        outgoing.writeHead(404, { 'X-Missed': url }).end()
        return
      }
      const path = url.slice(prefix.length)
      const forwarded = request({ host: '127.0.0.1', port, method, path, headers }, answer => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      })
      incoming.pipe(forwarded)
    })
  )
