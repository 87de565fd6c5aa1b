import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import type { Express } from 'express'
import swaggerUi from 'swagger-ui-express'
import { type Contract, type Problems, servedDocument } from '../contract/index.js'
import { type Asset, serveAsset } from './asset.js'
import { methodNotAllowed } from './errors.js'

/**
 * Serves a contract at `/openapi.yaml`, as it was written, and at `/openapi.json`, as OpenAPI 3.1 whose servers are paths
 * of this one; and Swagger UI for it at `/docs`. The page fetches the latter, so that what is tried out reaches this
 * server. It runs no script that isn't a file of this server, and asks no other host for anything.
 *
 * @param script the path of a script for the page to run besides its own
 */
export const serveDocs = (app: Express, contract: Contract, problems: Problems, script?: string): void => {
  let json: string | undefined
  const serve = (path: string, mediaType: string, body: () => string): void => {
    app
      .route(path)
      .get((_request, response) => {
        const headers = { 'Content-Type': mediaType, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'no-cache' }
        response.writeHead(200, headers).end(body())
      })
      .all(methodNotAllowed(problems, 'GET', 'HEAD'))
  }
  serve('/openapi.json', 'application/json', () => (json ??= JSON.stringify(servedDocument(contract))))
  serve('/openapi.yaml', 'application/yaml', () => contract.text)

  // swagger-ui-express keeps the options of its last page for the whole process. Those that it keeps are the same for
  // every contract, because the page fetches the contract.
  const options = {
    customSiteTitle: contract.document.info.title,
    swaggerOptions: pageOptions,
    ...(script && { customJs: script })
  }
  const html = swaggerUi.generateHTML(undefined, options).replaceAll('"./', '"/docs/')
  const headers = { 'Content-Security-Policy': contentSecurityPolicy(html), ...pageHeaders }
  const page = { mediaType: 'text/html; charset=utf-8', bytes: Buffer.from(html), headers }
  serveAsset(app, /^\/docs\/?$/, page, problems)
  // There are more files in the package: pages of Swagger's own, which nobody has a use for.
  for (const name of new Set([...html.matchAll(/"\/docs\/([^"]+)"/g)].map(([, name = '']) => name))) {
    serveAsset(app, `/docs/${name}`, { ...pageFile(name), headers: pageHeaders }, problems)
  }
}

const mediaTypes = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.png', 'image/png']
])

/** A file that the page names: of Swagger UI's package, or the script that swagger-ui-express has just made. */
const pageFile = (name: string): Asset => ({
  mediaType: mediaTypes.get(extname(name)) ?? 'application/octet-stream',
  bytes: name === 'swagger-ui-init.js' ? initScript(name) : readFileSync(join(packageFolder(), name))
})

const packageFolder = (): string => {
  const own = createRequire(import.meta.url).resolve('swagger-ui-express')
  return dirname(createRequire(own).resolve('swagger-ui-dist/package.json'))
}

// swagger-ui-express writes its script to an Express response only: to as much of one as it needs.
type WriteScript = (request: { url: string }, response: { set: () => void; send: (text: string) => void }) => void

const initScript = (name: string): Buffer => {
  let script = ''
  const write = swaggerUi.serve[0] as unknown as WriteScript
  write({ url: `/${name}` }, { set: () => undefined, send: text => (script = text) })
  return Buffer.from(script)
}

const pageOptions = {
  url: '/openapi.json',
  validatorUrl: null, // otherwise the page asks a host of Swagger's what it thinks of the contract
  layout: 'BaseLayout', // without Swagger's own top bar, whose logo needs an inline stylesheet
  displayRequestDuration: true,
  tryItOutEnabled: true
}

const pageHeaders = { 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' }

// The page has two inline stylesheets and one style attribute: each is allowed by its hash, and nothing else inline is.
const contentSecurityPolicy = (html: string): string => {
  const inline = [/<style>([^]*?)<\/style>/g, / style="([^"]*)"/g].flatMap(pattern => [...html.matchAll(pattern)])
  const hashes = inline.map(([, css = '']) => `'sha256-${createHash('sha256').update(css).digest('base64')}'`)
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'unsafe-hashes' ${hashes.join(' ')}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'"
  ].join('; ')
}
