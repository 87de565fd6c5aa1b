import { createHash } from 'node:crypto'
import { type Express, type RequestHandler, Router } from 'express'
import swaggerUi from 'swagger-ui-express'
import { type Contract, type Problems, servedDocument } from '../contract/index.js'
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
        response.writeHead(200, { 'Content-Type': mediaType, 'Cache-Control': 'no-cache' }).end(body())
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
  const policy = contentSecurityPolicy(html)
  const page = app.route(/^\/docs\/?$/)
  page.get((_request, response) => {
    response.set({ 'Cache-Control': 'no-cache', 'Content-Security-Policy': policy, ...pageHeaders }).send(html)
  })
  page.all(methodNotAllowed(problems, 'GET', 'HEAD'))
  const files = new Set([...html.matchAll(/"\/docs\/([^"]+)"/g)].map(([, name]) => `/${name ?? ''}`))
  const serveOwn: RequestHandler = (request, _response, next) => {
    next(files.has(request.path) ? undefined : 'router') // there are more files in the package: pages of Swagger's own
  }
  app.use('/docs', Router().use(serveOwn, swaggerUi.serve))
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
