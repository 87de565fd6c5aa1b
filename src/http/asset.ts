import { createHash } from 'node:crypto'
import type { Express, RequestHandler } from 'express'
import type { Problems } from '../contract/index.js'
import { methodNotAllowed, sendProblem } from './errors.js'

/** What is served as it is, from memory. */
export interface Asset {
  readonly mediaType: string
  /** Or what makes them when they are first asked for. */
  readonly bytes: Buffer | (() => Buffer)
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
  const prepare = () => {
    const body = typeof bytes === 'function' ? bytes() : bytes
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
    const always = { 'Cache-Control': 'no-cache', ETag: etag, 'X-Content-Type-Options': 'nosniff', ...headers }
    return { body, etag, always, all: { 'Content-Type': mediaType, 'Content-Length': body.length, ...always } }
  }
  let prepared = typeof bytes === 'function' ? undefined : prepare()
  const serve: RequestHandler = ({ headers: asked }, response) => {
    const { body, etag, always, all } = (prepared ??= prepare())
    if (asked['if-match'] !== undefined && !names(asked['if-match'], etag)) sendProblem(response, problems, 412)
    else if (names(asked['if-none-match'], etag)) response.writeHead(304, always).end()
    else response.writeHead(200, all).end(body)
  }
  app
    .route(path)
    .get(serve)
    .all(methodNotAllowed(problems, 'GET', 'HEAD'))
}

// A cache may have weakened the tag on the way.
const names = (list: string | undefined, etag: string): boolean =>
  list?.split(',').some(one => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag) ?? false
