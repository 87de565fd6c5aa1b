import type { Express, RequestHandler } from 'express'
import { addToVary, type Contract, pageDocument, type Problems, servedDocument } from '../contract/index.js'
import { serveAsset } from './asset.js'
import { pageFiles, pageHtml, type PageOptions } from './page-files.js'
import { pagePolicy } from './page-policy.js'

/**
 * Serves a contract at `/openapi.yaml`, as it was written, and at `/openapi.json`, as OpenAPI 3.1 whose servers are paths
 * of this one; and Swagger UI for it at `/docs`, to which browsers are led from `/`. The page runs no script that isn't a
 * file of this server, and asks no other host for anything but those that the contract names. All its addresses are
 * relative, so that it works below any path of a proxy.
 */
export const serveDocs = (app: Express, contract: Contract, problems: Problems, options: PageOptions = {}): void => {
  const serveText = (path: string, mediaType: string, text: () => string): void =>
    serveAsset(app, path, { mediaType, bytes: () => Buffer.from(text()) }, problems)
  serveText('/openapi.json', 'application/json', () => JSON.stringify(servedDocument(contract)))
  serveText('/openapi.yaml', 'application/yaml', () => contract.text)
  serveText('/docs/openapi.json', 'application/json', () => JSON.stringify(pageDocument(contract)))

  const { html, script } = pageHtml(contract.document.info.title, options)
  const headers = { 'Referrer-Policy': 'no-referrer' }
  const servePage = (path: string, text: string): void => {
    const policy = { 'Content-Security-Policy': pagePolicy(text, contract) }
    const page = { mediaType: 'text/html; charset=utf-8', bytes: Buffer.from(text), headers: { ...policy, ...headers } }
    serveAsset(app, path, page, problems)
  }
  servePage('/docs/', html)
  servePage('/docs', html.replaceAll(/(?<=(href|src)=["'])\.\//g, 'docs/'))
  for (const [name, asset] of pageFiles(script, contract)) {
    serveAsset(app, `/docs/${name}`, { ...asset, headers }, problems)
  }
  app.get('/', leadBrowsers)
}

// What else there is in an Accept header, `*/*` first of all, is for programs: they are told that there is nothing.
const leadBrowsers: RequestHandler = (request, response, next) => {
  if (request.accepts('json', 'html') !== 'html') next()
  else {
    addToVary(response, 'Accept')
    response.writeHead(302, { Location: 'docs', 'Content-Length': 0 }).end()
  }
}
