import { createHash } from 'node:crypto'
import type { Express, RequestHandler } from 'express'
import type { Problems } from '../contract/index.js'
import { methodNotAllowed, sendProblem } from './errors.js'

/** What is served as it is, from memory. */
export interface Asset {
  readonly mediaType: string
  readonly bytes: Buffer
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * Serves an asset to GET and HEAD, with a strong ETag: whoever has it already gets a 304 (RFC 9110 §13). It is never read
 * from a file when it is asked for: a reply on a connection that was closed before its turn would never close the file.
 */
export const serveAsset = (
  app: Express,
  path: string | RegExp,
  { mediaType, bytes, headers }: Asset,
  problems: Problems
): void => {
  const etag = `"${createHash('sha256').update(bytes).digest('base64url')}"`
  const always = { 'Cache-Control': 'no-cache', ETag: etag, ...headers }
  const all = { 'Content-Type': mediaType, 'Content-Length': bytes.length, ...always }
  const serve: RequestHandler = ({ headers: asked }, response) => {
    if (asked['if-match'] !== undefined && !names(asked['if-match'], etag)) sendProblem(response, problems, 412)
    else if (names(asked['if-none-match'], etag)) response.writeHead(304, always).end()
    else response.writeHead(200, all).end(bytes)
  }
  app
    .route(path)
    .get(serve)
    .all(methodNotAllowed(problems, 'GET', 'HEAD'))
}

// A cache may have weakened the tag on the way.
const names = (list: string | undefined, etag: string): boolean =>
  list?.split(',').some(one => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag) ?? false
