import type { OpenAPIV3_1 } from 'openapi-types'
import { pointer } from '../document/pointer.js'
import type { Contract } from './contract.js'
import type { OperationObject } from './operation-object.js'

/** A Server Object (OpenAPI 3.1 §4.8.5), and where it stands. */
export interface ServerAt {
  readonly pointer: string
  readonly server: OpenAPIV3_1.ServerObject
}

/** Where the contract is served from as far as it doesn't say so: what is relative is relative to this. */
const origin = 'http://server'

/** The Server Objects right below the document, a Path Item or an operation. */
export const serversAt = (contract: Contract, owner: string): ServerAt[] => {
  const list = owner + pointer('servers')
  const servers = (contract.resolve(list).value ?? []) as OpenAPIV3_1.ServerObject[]
  return servers.map((server, index) => ({ pointer: list + pointer(index), server }))
}

/** The variables in a server's URL, each once. */
export const variablesIn = ({ url }: OpenAPIV3_1.ServerObject): string[] => [
  ...new Set([...url.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? ''))
]

/** All values that a variable of a server can have, its default first; none if it isn't declared. */
const valuesOf = ({ variables = {} }: OpenAPIV3_1.ServerObject, name: string): string[] => {
  const variable = Object.hasOwn(variables, name) ? variables[name] : undefined
  return variable ? [...new Set([variable.default, ...(variable.enum ?? [])])] : []
}

/** Whether a URL says a host, so that it may lead to another server than this one. */
export const saysHost = (url: string): boolean => /^([a-z][a-z\d+.-]*:|\/\/)/i.test(url)

/** A server's URL with each value of each of some variables, that of the defaults first. */
const withValues = (server: OpenAPIV3_1.ServerObject, valuesFor: (name: string) => readonly string[]): string[] =>
  variablesIn(server).reduce(
    (urls, name) => urls.flatMap(url => valuesFor(name).map(value => url.replaceAll(`{${name}}`, () => value))),
    [server.url]
  )

/** All URLs of a server as far as their paths differ, that of its defaults first; none if it has a variable that isn't declared. */
const urlsOf = (server: OpenAPIV3_1.ServerObject): string[] => {
  // A host says nothing of the path, so that all hosts are one: but for variables that may hold more than a host.
  const [authority = ''] = /^[^/?#]*:\/\/[^/?#]*/.exec(server.url) ?? []
  const isHost = variablesIn({ url: authority }).every(name =>
    valuesOf(server, name).every(one => /^[^/?#]+$/.test(one))
  )
  const kept = authority !== '' && isHost
  return withValues(server, name => {
    const isPath = !kept || server.url.slice(authority.length).includes(`{${name}}`)
    return isPath ? valuesOf(server, name) : valuesOf(server, name).slice(0, 1)
  })
}

/** All URLs of a server that say a host, with each value that its variables can have. */
export const hostedUrlsOf = (server: OpenAPIV3_1.ServerObject): string[] =>
  withValues(server, name => valuesOf(server, name)).filter(saysHost)

/** The paths of this server that a server's URLs stand for. */
export const pathsOf = (server: OpenAPIV3_1.ServerObject): string[] =>
  urlsOf(server).flatMap(url => parse(url)?.pathname ?? [])

/** The URL at which a server is reached; `undefined` if what is written isn't one, or leads to no path. */
const parse = (url: string): URL | undefined => {
  if (!URL.canParse(url, origin)) return undefined
  const parsed = new URL(url, origin)
  return parsed.pathname.startsWith('/') ? parsed : undefined
}

/** Whether a server's URL leads to a path, with all values of its variables. */
export const isServable = (server: OpenAPIV3_1.ServerObject): boolean =>
  urlsOf(server).every(url => parse(url) !== undefined)

/**
 * The prefixes of the paths at which an operation is served, by the servers of the operation, else of its Path Item,
 * else of the document: of full URLs, their paths; of variables, each value that they can have. Percent-encoded as a
 * client sends them, without a slash at the end (`''` for the root), and each once.
 */
export const basePathsOf = (contract: Contract, { pointer: at }: OperationObject): readonly string[] => {
  const servers = [at, at.slice(0, at.lastIndexOf('/')), '']
    .map(owner => serversAt(contract, owner))
    .find(list => list.length > 0)
  if (!servers) return ['']
  const paths = servers.flatMap(({ server }) => pathsOf(server))
  return [...new Set(paths.map(path => path.replace(/\/+$/, '')))]
}

/**
 * The same servers, each as a path of this one: `https://api.example.com/v1` is `/v1`. Those that lead here by
 * themselves are left as they are written.
 */
export const ownServersOf = (servers: readonly OpenAPIV3_1.ServerObject[]): OpenAPIV3_1.ServerObject[] => {
  const all = servers.flatMap(server => {
    if (!urlsOf(server).some(saysHost)) return [server]
    const here = { ...server }
    delete here.variables
    return pathsOf(server).map(path => ({ ...here, url: path.replace(/(?<=.)\/+$/, '') }))
  })
  return [...new Map(all.map(server => [server.url, server])).values()]
}

/** The URL to which those in a contract are relative: that of its first server, with the defaults of its variables. */
export const baseUrlOf = (contract: Contract): string => {
  const [first] = serversAt(contract, '')
  const [url = '/'] = first ? urlsOf(first.server) : []
  return parse(url)?.href ?? origin
}

/** A path, or a template of paths, as it stands in a URL, without a slash at the end of its prefix. */
export const fullPath = (basePath: string, path: string): string => basePath + new URL(origin + path).pathname
