import { versionOf } from '../project.js'
import { makeRealUsers, type RealUsers } from '../real/users.js'
import { ratioTo, type Work } from '../scenario.js'
import { launchOf, type Peer, startCommand } from '../servers.js'
import type { Launch } from '../start.js'

/** This server with real users. */
export const thisWith = ({ environment }: Pick<RealUsers, 'environment'>): Peer => {
  return { name: 'this', title: 'this server', launch: { command: startCommand(), environment } }
}

/** The chapter's read with a signed token, of users in one SQLite database: what each is asked must be answered alike. */
export const real = async (): Promise<Work> => {
  const users = await makeRealUsers()
  const fastify = (name: string, title: string, cache: boolean): Peer => {
    const { command, environment }: Launch = launchOf('real/fastify-jwt', { CACHE: String(cache) })
    return { name, title, launch: { command, environment: { ...users.environment, ...environment } } }
  }
  const title = `Fastify ${versionOf('fastify')}, @fastify/jwt ${versionOf('@fastify/jwt')}`
  return {
    exchanges: [users.read],
    servers: [fastify('fastify', title, false), fastify('fastify-cache', `${title}, cache`, true), thisWith(users)],
    ratios: [ratioTo('× Fastify', 'fastify'), ratioTo('× cache', 'fastify-cache')]
  }
}
