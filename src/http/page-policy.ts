import { createHash } from 'node:crypto'
import { type Contract, namedUrls } from '../contract/index.js'

/**
 * The content security policy of a page of Swagger UI (CSP level 3): it runs and shows files of this server only, and asks
 * this server and those that the contract names, of which each may be asked below its path, and who issues tokens at its
 * own address.
 */
export const pagePolicy = (html: string, contract: Contract): string => {
  // The page has two inline stylesheets and one style attribute: each is allowed by its hash, and nothing else inline is.
  const inline = [/<style>([^]*?)<\/style>/g, / style="([^"]*)"/g].flatMap(pattern => [...html.matchAll(pattern)])
  const hashes = inline.map(([, css = '']) => `'sha256-${createHash('sha256').update(css).digest('base64')}'`)
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'unsafe-hashes' ${hashes.join(' ')}`,
    "img-src 'self' data: blob:",
    ['connect-src', "'self'", ...namedUrls(contract).flatMap(sourceOf)].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'"
  ].join('; ')
}

// Without a scheme it is that of the page. What would end a source in a policy is percent-encoded in it.
const sourceOf = (url: string): string[] => {
  if (!URL.canParse(url, 'https://host')) return []
  const { protocol, host, pathname } = new URL(url, 'https://host')
  if (protocol !== 'https:' && protocol !== 'http:') return []
  const path = pathname.replaceAll(/[;,']/g, one => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
  return [`${url.startsWith('//') ? '' : `${protocol}//`}${host}${path}`]
}
