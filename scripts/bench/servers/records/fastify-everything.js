/** The operations of `records.yaml` on Fastify with a log, metrics, CORS and two workers. */
import cors from '@fastify/cors'
import { createApp } from './fastify-app.js'
import { address } from './records.js'
import { inWorkers, origin, requestSeconds } from './workers.js'

// One line for each request, where Fastify by itself would write two.
const options = { logger: true, disableRequestLogging: true }

const prepare = async app => {
  await app.register(cors, { origin: [origin] })
  app.addHook('onResponse', async (request, reply) => {
    const { method, ip, routeOptions } = request
    const [status, milliseconds] = [reply.statusCode, reply.elapsedTime]
    request.log.info({ route: routeOptions.url, method, status, milliseconds, address: ip }, 'request')
    requestSeconds.observe({ method, route: routeOptions.url, status }, milliseconds / 1000)
  })
}

await inWorkers(async () => {
  const app = await createApp(options, prepare)
  await app.listen(address)
})
