import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import swaggerUi from 'swagger-ui-express'
import { authorityUrls, type Contract } from '../contract/index.js'
import type { Asset } from './asset.js'

/** What a page is like, besides its contract. */
export interface PageOptions {
  /** Whether it keeps a login over a reload, in the storage of the browser. By default not. */
  readonly keepsLogin?: boolean
  /** The name of a script below `/docs/` for it to run besides its own. */
  readonly script?: string
}

/** The HTML of a page, whose addresses are relative to the folder of its files, and the script that starts it. */
export const pageHtml = (
  title: string,
  { keepsLogin = false, script }: PageOptions
): { html: string; script: Buffer } => {
  const html = swaggerUi.generateHTML(undefined, {
    customSiteTitle: escaped(title),
    swaggerOptions: { ...pageOptions, persistAuthorization: keepsLogin },
    customJs: ['./page.js', ...(script === undefined ? [] : [`./${script}`])]
  })
  return { html: withOwnStyle(html), script: initScript() }
}

const pageOptions = {
  validatorUrl: null, // otherwise the page asks a host of Swagger's what it thinks of the contract
  layout: 'BaseLayout', // without Swagger's own top bar, whose logo needs an inline stylesheet
  displayRequestDuration: true,
  tryItOutEnabled: true
}

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, one => `&#${one.charCodeAt(0)};`).replaceAll('$', '$$$$') // it is a replacement there

// Ours has Swagger UI's below it, so that each rule of ours goes before all of those. And phones show a page without a
// viewport as if they were 980 pixels wide.
const withOwnStyle = (html: string): string => {
  const own = html
    .replace('./swagger-ui.css', './page.css')
    .replace('</head>', '<meta name="viewport" content="width=device-width, initial-scale=1">\n</head>')
  if (!own.includes('./page.css') || !own.includes('"viewport"')) {
    throw new Error('The page of swagger-ui-express is not what page-files.ts takes it for: look what has changed.')
  }
  return own
}

// swagger-ui-express writes its script to an Express response only: to as much of one as it needs.
type WriteScript = (request: { url: string }, response: { set: () => void; send: (text: string) => void }) => void

// It keeps that of its last page for the whole process, so this has to come right after `generateHTML`.
const initScript = (): Buffer => {
  let script = ''
  const write = swaggerUi.serve[0] as unknown as WriteScript
  write({ url: '/swagger-ui-init.js' }, { set: () => undefined, send: text => (script = text) })
  return Buffer.from(script)
}

/**
 * All files of a page, by their names. There are more in Swagger UI's package: pages of Swagger's own, which nobody has a
 * use for; that to which a login elsewhere comes back is there only if the contract has such a login.
 */
export const pageFiles = (script: Buffer, { document }: Contract): ReadonlyMap<string, Asset> => {
  const leaves = authorityUrls(document).some(
    ({ field }) => field === 'authorizationUrl' || field === 'openIdConnectUrl'
  )
  const files = [...swaggerFiles, ...(leaves ? ['oauth2-redirect.html', 'oauth2-redirect.js'] : [])]
  const read = (folder: string) => (name: string) => [name, assetOf(name, readFileSync(join(folder, name)))] as const
  return new Map([
    ...ownFiles.map(read(fileURLToPath(new URL('page', import.meta.url)))),
    ...files.map(read(swaggerFolder())),
    ['swagger-ui-init.js', assetOf('swagger-ui-init.js', script)]
  ])
}

const ownFiles = ['page.css', 'page.js']
const swaggerFiles = [
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'swagger-ui-standalone-preset.js',
  'favicon-16x16.png',
  'favicon-32x32.png'
]

const mediaTypes = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.png', 'image/png']
])

const assetOf = (name: string, bytes: Buffer): Asset => ({
  mediaType: mediaTypes.get(extname(name)) ?? 'application/octet-stream',
  bytes
})

const swaggerFolder = (): string => {
  const own = createRequire(import.meta.url).resolve('swagger-ui-express')
  return dirname(createRequire(own).resolve('swagger-ui-dist/package.json'))
}
