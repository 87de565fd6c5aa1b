import { contractFiles } from '../contracts.js'
import { type Exchanges, getWith, loginOf } from '../exchanges.js'
import { versionOf } from '../project.js'
import { type Work, usualRatios } from '../scenario.js'
import { launchOf, type Peer, startCommand } from '../servers.js'
import { root } from '../../lib/root.js'

const exchanges: Exchanges = [
  getWith('johndoe', '/users/me', {
    username: 'johndoe',
    email: 'johndoe@example.com',
    full_name: 'John Doe',
    disabled: false,
    hashed_password: 'fakehashedsecret'
  }),
  loginOf('johndoe', 'secret', { access_token: 'johndoe', token_type: 'bearer' })
]

/** The project's own contract, without a database. */
export const chapter = (): Work => {
  const environment = { CONTRACT: contractFiles(`${root}openapi.yaml`).openapi30 }
  const own = (name: string, title: string, file = name): Peer => {
    return { name, title, launch: launchOf(`chapter/${file}`, environment) }
  }
  return {
    exchanges,
    servers: [
      own('node:http', 'node:http by hand', 'node-http'),
      own('fastify', `Fastify ${versionOf('fastify')}, schemas`),
      own('openapi-backend', `Express, openapi-backend ${versionOf('openapi-backend')}`),
      own('express-openapi-validator', `Express, openapi-validator ${versionOf('express-openapi-validator')}`),
      { name: 'this', title: 'this server', launch: { command: startCommand() } }
    ],
    ratios: usualRatios
  }
}
