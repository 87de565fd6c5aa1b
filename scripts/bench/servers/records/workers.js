/** What operators want, as the documentation of `node:cluster`, pino and prom-client shows it. */
import cluster from 'node:cluster'
import { createServer } from 'node:http'
import client from 'prom-client'
import { address } from './records.js'

/** The origin whose pages may use the server. */
export const origin = process.env.ORIGIN

/** How long requests take, by route, method and status. */
export const requestSeconds = new client.Histogram({
  name: 'http_server_request_duration_seconds',
  help: 'How long requests take.',
  labelNames: ['method', 'route', 'status']
})

/** Serves in two workers; the primary has the metrics of both on a port of its own. */
export const inWorkers = async serve => {
  if (cluster.isWorker) {
    client.collectDefaultMetrics()
    await serve()
    return
  }
  const registry = new client.AggregatorRegistry()
  for (let count = 0; count < 2; count++) cluster.fork()
  createServer(async (_request, response) => {
    const metrics = await registry.clusterMetrics()
    response.setHeader('Content-Type', registry.contentType).end(metrics)
  }).listen(0, address.host)
}
