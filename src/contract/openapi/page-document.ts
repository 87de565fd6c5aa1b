import type { OpenAPIV3_1 } from 'openapi-types'
import { authorityUrls } from './authority-urls.js'
import type { Contract } from './contract.js'
import { baseUrlOf, hostedUrlsOf, pathsOf, saysHost } from './server.js'
import { serverLists } from './server-lists.js'

/**
 * The document of a contract for a page to try it out. Each path of this server is relative to the document, which is
 * served one folder below the root: so it leads to this server through a proxy, too, below whatever path that has put it.
 * After these come the servers that the contract names by their hosts.
 */
export const pageDocument = (contract: Contract): OpenAPIV3_1.Document => {
  const document = JSON.parse(JSON.stringify(contract.document)) as OpenAPIV3_1.Document
  if (!document.servers?.length) document.servers = [{ url: '/' }]
  for (const owner of serverLists(document)) {
    const servers = [...owner.servers.flatMap(ownPaths), ...owner.servers.filter(isElsewhere)]
    owner.servers = servers.filter(({ url }, at) => servers.findIndex(other => other.url === url) === at)
  }
  for (const { owner, field, url } of authorityUrls(document)) owner[field] = fromBelow(contract, url)
  return document
}

/**
 * The URLs that the document of `pageDocument` names by their hosts, without queries: of servers, with a slash at the end,
 * for what is below them; of who issues tokens, as they are; and of OpenID Connect's discovery.
 */
export const namedUrls = (contract: Contract): string[] => {
  const servers = serverLists(contract.document).flatMap(({ servers }) => servers.flatMap(hostedUrlsOf))
  const authorities = authorityUrls(contract.document).filter(({ field, url }) => isAsked.has(field) && saysHost(url))
  const belows = servers.map(url => withoutQuery(url).replace(/\/*$/, '/'))
  return [...new Set([...belows, ...authorities.map(({ url }) => withoutQuery(url))])]
}

const withoutQuery = (url: string): string => url.replace(/[?#].*/, '')

const isAsked: ReadonlySet<string> = new Set(['tokenUrl', 'openIdConnectUrl'])

const isElsewhere = (server: OpenAPIV3_1.ServerObject): boolean => hostedUrlsOf(server).length > 0

const ownPaths = (server: OpenAPIV3_1.ServerObject): OpenAPIV3_1.ServerObject[] => {
  const description = isElsewhere(server) ? 'The server that this page comes from' : server.description
  return pathsOf(server).map(path => ({ url: `..${path}`, ...(description && { description }) }))
}

// Relative to the first server (OpenAPI 3.1 §4.6.1).
const fromBelow = (contract: Contract, url: string): string => {
  const base = baseUrlOf(contract)
  if (saysHost(url) || !URL.canParse(url, base)) return url
  const { pathname, search } = new URL(url, base)
  return `..${pathname}${search}`
}
