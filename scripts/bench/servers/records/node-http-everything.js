/** The operations of `records.yaml` on `node:http` with a log, metrics, CORS and two workers. */
import { createServer } from 'node:http'
import { pino } from 'pino'
import { answer } from './node-http.js'
import { address } from './records.js'
import { inWorkers, origin, requestSeconds } from './workers.js'

const log = pino()

// What comes after a `?` isn't logged, and what comes after `/files/` is no route of its own.
const routeOf = url => url.replace(/\?.*/, '').replace(/^\/files\/.*/, '/files/{id}')

const observe = (request, response) => {
  const begin = performance.now()
  const { method, url, socket } = request
  response.on('finish', () => {
    const [route, status, milliseconds] = [routeOf(url), response.statusCode, performance.now() - begin]
    log.info({ route, method, status, milliseconds, address: socket.remoteAddress }, 'request')
    requestSeconds.observe({ method, route, status }, milliseconds / 1000)
  })
}

const share = (request, response) => {
  response.setHeader('Vary', 'Origin')
  if (request.headers.origin === origin) response.setHeader('Access-Control-Allow-Origin', origin)
}

await inWorkers(() => {
  const server = createServer((request, response) => {
    observe(request, response)
    share(request, response)
    answer(request, response)
  })
  server.listen(address.port, address.host)
})
