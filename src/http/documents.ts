import type { Express } from 'express'
import type { Problems } from '../contract/index.js'
import { methodNotAllowed } from './errors.js'

/** Serves documents of JSON at paths beside the contract, for anybody to read and to keep for five minutes. */
export const serveDocuments = (
  app: Express,
  documents: Readonly<Record<string, unknown>>,
  problems: Problems
): void => {
  for (const [path, document] of Object.entries(documents)) {
    const text = JSON.stringify(document)
    const headers = { 'Content-Type': 'application/json', 'X-Content-Type-Options': 'nosniff' }
    const length = { 'Content-Length': Buffer.byteLength(text), 'Cache-Control': 'public, max-age=300' }
    const route = app.route(path)
    route.get((_request, response) => {
      response.writeHead(200, { ...headers, ...length }).end(text)
    })
    route.all(methodNotAllowed(problems, 'GET', 'HEAD'))
  }
}
