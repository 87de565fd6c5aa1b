import { type Work, usualRatios } from '../scenario.js'
import type { Peer } from '../servers.js'
import { listExchange, recordServers } from './records.js'

const origin = 'https://app.example.com'

/** The settings of this server: what the others have in code. Its own words are problem details anyway. */
const settings = { WORKERS: '2', LOG_REQUESTS: 'all', MANAGEMENT_PORT: '0', CORS_ORIGINS: origin }

/** Who does all of it. */
const names = ['node:http', 'fastify', 'this']

const withEverything = ({ name, title, launch }: Peer): Peer => {
  const command = name === 'this' ? launch.command : launch.command.map(word => word.replace(/\.js$/, '-everything.js'))
  return { name, title, launch: { command, environment: { ...launch.environment, ...settings, ORIGIN: origin } } }
}

/** A list with a log line of each request, metrics, CORS, problem details, and two workers. */
export const everything = (): Work => ({
  exchanges: [
    {
      ...listExchange,
      headers: { Origin: origin },
      answerHeaders: { 'access-control-allow-origin': origin }
    }
  ],
  servers: recordServers()
    .filter(({ name }) => names.includes(name))
    .map(withEverything),
  ratios: usualRatios
})
