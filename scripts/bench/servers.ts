import { readFileSync } from 'node:fs'
import type { ContractFiles } from './contracts.js'
import { OptionError } from '../lib/options.js'
import type { Options } from './options.js'
import type { Launch } from './start.js'
import { inBench, inProject, versionOf } from './project.js'

/** A server that can be measured. */
export interface Peer {
  /** What `--only` calls it. */
  readonly name: string
  readonly title: string
  readonly launch: Launch
}

/** The servers that ratios are taken to, by their names. */
export const references = ['node:http', 'fastify'] as const

const node = (file: string, environment: Record<string, string> = {}): Launch => ({
  command: [process.execPath, file],
  environment
})

/** This server, and openapi-backend as its README shows, with a made contract of so many operations. */
export const growingServers = (operations: number, files: ContractFiles): Peer[] => {
  const environment = (contract: string) => ({ CONTRACT: contract, OPERATIONS: String(operations) })
  return [
    {
      name: 'this',
      title: 'this server',
      launch: node(inBench('servers/this.js'), environment(files.openapi31))
    },
    {
      name: 'openapi-backend',
      title: 'openapi-backend',
      launch: node(inBench('servers/openapi-backend.js'), environment(files.openapi30))
    }
  ]
}

/** What `npm start` runs, flags and all. */
const startCommand = (): string[] => {
  const { scripts } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { scripts: { start: string } }
  const [, ...args] = scripts.start.split(' ')
  return [process.execPath, ...args.map(arg => (arg.endsWith('.js') ? inProject(arg) : arg))]
}

/** The servers that this folder and the project have, in the order of the table. */
export const ownServers = ({ openapi30 }: ContractFiles): Peer[] => {
  const own = (name: string, title: string, file = name): Peer => ({
    name,
    title,
    launch: node(inBench(`servers/${file}.js`), { CONTRACT: openapi30 })
  })
  return [
    own('node:http', 'node:http by hand', 'node-http'),
    own('fastify', `Fastify ${versionOf('fastify')}, schemas`),
    own('express', `Express ${versionOf('express')} alone`),
    own('openapi-backend', `Express, openapi-backend ${versionOf('openapi-backend')}`),
    own('express-openapi-validator', `Express, openapi-validator ${versionOf('express-openapi-validator')}`),
    { name: 'this', title: 'this server', launch: { command: startCommand() } }
  ]
}

/** The servers of `--peer`. They are measured whatever `--only` says. */
export const furtherServers = (peers: Options['peers']): Peer[] =>
  peers.map(({ name, command }) => ({ name, title: name, launch: { command: ['sh', '-c', command] } }))

/**
 * The servers that `--only` asks for.
 *
 * @throws {OptionError} if it asks for one that isn't there
 */
export const selected = <One extends { readonly name: string }>(servers: readonly One[], only: readonly string[]) => {
  const names = servers.map(({ name }) => name)
  const unknown = only.filter(name => !names.some(one => one.toLowerCase() === name.toLowerCase()))
  if (unknown.length > 0) throw new OptionError(`--only: no ${unknown.join(', ')} here; there are ${names.join(', ')}.`)
  return servers.filter(({ name }) => only.length === 0 || only.some(one => one.toLowerCase() === name.toLowerCase()))
}
