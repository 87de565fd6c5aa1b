import { createServer, type Server, type ServerResponse } from 'node:http'
import { logUnexpected } from '../http/errors.js'
import type { Log } from '../log.js'

/** What operators and their programs ask. */
export interface Management {
  /** Whether requests may be sent here, and why not. */
  readonly readiness: () => Promise<{ readonly ready: boolean }>
  readonly metrics: () => Promise<string>
  readonly log: Log
}

/** Of the text of metrics (prometheus.io/docs/instrumenting/exposition_formats). */
const metricsMediaType = 'text/plain; version=0.0.4; charset=utf-8'

/**
 * Makes the server for operators, apart from the one for clients: `/livez` (200 while this process runs), `/readyz` (200, or
 * 503 when no requests should be sent here) and `/metrics`. It asks nobody who they are: let it listen where only those can
 * reach it who may read what it says.
 */
export const createManagementServer = ({ readiness, metrics, log }: Management): Server => {
  const send = (response: ServerResponse, status: number, mediaType: string, text: string): void => {
    const headers = {
      'Content-Type': mediaType,
      'Content-Length': Buffer.byteLength(text),
      'Cache-Control': 'no-store'
    }
    response.writeHead(status, headers).end(text)
  }
  const sendJson = (response: ServerResponse, status: number, value: unknown): void =>
    send(response, status, 'application/json', JSON.stringify(value))

  const pages: Readonly<Record<string, (response: ServerResponse) => Promise<void>>> = {
    '/livez': response => {
      sendJson(response, 200, { live: true })
      return Promise.resolve()
    },
    '/readyz': async response => {
      const state = await readiness()
      sendJson(response, state.ready ? 200 : 503, state)
    },
    '/metrics': async response => {
      send(response, 200, metricsMediaType, await metrics())
    }
  }
  return createServer(({ url = '', method = '' }, response) => {
    const [path = ''] = url.split('?', 1)
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined
    if (!page) sendJson(response, 404, { paths: Object.keys(pages) })
    else if (method !== 'GET' && method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD')
      sendJson(response, 405, { methods: ['GET', 'HEAD'] })
    } else {
      page(response).catch((error: unknown) => {
        logUnexpected(error, log)
        if (response.headersSent) response.destroy()
        else sendJson(response, 500, {})
      })
    }
  })
}
