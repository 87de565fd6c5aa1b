/** `GET /users/me` for real users on Fastify and @fastify/jwt, with this project's database as it was built. */
import jwt from '@fastify/jwt'
import fastify from 'fastify'
import { openDatabase } from '../../../../dist/database/open-database.js'
import { createLog } from '../../../../dist/log.js'
import { address, challenge } from '../chapter/chapter.js'

const { DATABASE_URL, TOKEN_SECRETS, TOKEN_ISSUER, TOKEN_AUDIENCE, CACHE } = process.env
const { users } = await openDatabase(DATABASE_URL, createLog({ level: 'warn', stream: process.stderr }))

const nullable = type => ({ type: [type, 'null'] })
const object = properties => ({ type: 'object', required: Object.keys(properties), properties })
const error = object({ detail: { type: 'string' } })
const user = object({
  username: { type: 'string' },
  email: nullable('string'),
  full_name: nullable('string'),
  disabled: nullable('boolean')
})

const app = fastify({ bodyLimit: 16 * 1024 })
await app.register(jwt, {
  secret: TOKEN_SECRETS,
  verify: {
    algorithms: ['HS256'],
    allowedIss: TOKEN_ISSUER,
    allowedAud: TOKEN_AUDIENCE,
    requiredClaims: ['sub', 'exp', 'iat'],
    clockTolerance: 30_000,
    cache: CACHE === 'true'
  }
})

const refuse = reply => reply.code(401).headers(challenge).send({ detail: 'Invalid authentication credentials' })

app.decorate('authenticate', async (request, reply) => {
  try {
    await request.jwtVerify()
  } catch {
    return refuse(reply)
  }
})

const options = { onRequest: [app.authenticate], schema: { response: { 200: user, 400: error, 401: error } } }
app.get('/users/me', options, async (request, reply) => {
  const { sub, ver } = request.user
  const account = await users.find(sub)
  if (account?.version !== ver) return refuse(reply)
  if (account.user.disabled) return reply.code(400).send({ detail: 'Inactive user' })
  return account.user
})

await app.listen(address)
