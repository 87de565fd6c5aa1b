import { readFileSync } from 'node:fs'
import { OptionError } from '../lib/options.js'
import { root } from '../lib/root.js'
import { writeContract } from './contracts.js'
import { type Exchanges, exchangesOf } from './exchanges.js'
import { inBench, versionOf } from './project.js'
import type { RealUsers } from './real/users.js'
import type { Launch } from './start.js'

/** A server that can be measured. */
export interface Peer {
  /** What `--only` calls it. */
  readonly name: string
  readonly title: string
  /** The name of the one that its ratios are to: the first of those called so. */
  readonly base: string
  readonly launch: Launch
  /** What it is asked. */
  readonly exchanges: Exchanges
}

/** The name of the one that all servers are compared with. */
export const nodeHttp = 'node:http'

const launch = (server: string, environment: Record<string, string>): Launch => ({
  command: [process.execPath, inBench(`servers/${server}.js`)],
  environment
})

/** This server, and openapi-backend as its README shows, each with made contracts of these numbers of operations. */
export const growingServers = (sizes: readonly number[]): Peer[] => {
  const contracts = sizes.map(operations => ({ operations, files: writeContract(operations) }))
  const dialects = { this: 'openapi31', 'openapi-backend': 'openapi30' } as const
  return Object.entries(dialects).flatMap(([name, dialect]) =>
    contracts.map(({ operations, files }) => {
      const environment = { CONTRACT: files[dialect], OPERATIONS: String(operations) }
      const title = `${name}, ${operations} operations`
      return { name, title, base: name, launch: launch(name, environment), exchanges: exchangesOf(operations) }
    })
  )
}

/** What `npm start` runs, flags and all. */
export const startCommand = (): string[] => {
  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: { start: string } }
  return [process.execPath, ...scripts.start.split(' ').slice(1)]
}

/** The servers that this folder and the project have, in the order of the table. */
export const ownServers = (): Peer[] => {
  const environment = { CONTRACT: writeContract(2).openapi30 }
  const own = (name: string, title: string, file = name): Peer => {
    return { name, title, base: nodeHttp, launch: launch(file, environment), exchanges: exchangesOf(2) }
  }
  return [
    own(nodeHttp, 'node:http by hand', 'node-http'),
    own('fastify', `Fastify ${versionOf('fastify')}, schemas`),
    own('openapi-backend', `Express, openapi-backend ${versionOf('openapi-backend')}`),
    own('express-openapi-validator', `Express, openapi-validator ${versionOf('express-openapi-validator')}`),
    {
      name: 'this',
      title: 'this server',
      base: nodeHttp,
      launch: { command: startCommand() },
      exchanges: exchangesOf(2)
    }
  ]
}

/** Servers with real users, of one database: what each is asked must be answered alike. */
export const realServers = ({ environment, read }: Pick<RealUsers, 'environment' | 'read'>): Peer[] => {
  const base = 'fastify-cache'
  const own = (name: string, title: string, { command, environment: more }: Launch): Peer => {
    return { name, title, base, launch: { command, environment: { ...environment, ...more } }, exchanges: [read] }
  }
  const title = `Fastify ${versionOf('fastify')}, @fastify/jwt ${versionOf('@fastify/jwt')}`
  return [
    own('fastify', title, launch('fastify-jwt', { CACHE: 'false' })),
    own(base, `${title} with its cache`, launch('fastify-jwt', { CACHE: 'true' })),
    own('this', 'this server', { command: startCommand() })
  ]
}

/**
 * The servers that `--only` asks for; all if it asks for none.
 *
 * @throws {OptionError} if it asks for one that isn't there
 */
export const selected = (servers: readonly Peer[], only: readonly string[]): readonly Peer[] => {
  const names = [...new Set(servers.map(({ name }) => name))]
  const unknown = only.filter(name => !names.includes(name.toLowerCase()))
  if (unknown.length > 0) throw new OptionError(`--only: no ${unknown.join(', ')} here; there are ${names.join(', ')}.`)
  return only.length === 0 ? servers : servers.filter(({ name }) => only.some(one => one.toLowerCase() === name))
}
