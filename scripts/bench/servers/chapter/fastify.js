/** The two operations on Fastify, with schemas for what comes in and for what goes out. */
import formbody from '@fastify/formbody'
import fastify from 'fastify'
import { address, challenge, login, missingFields, noStore, readUsersMe } from './chapter.js'

const string = { type: 'string' }
const object = properties => ({ type: 'object', required: Object.keys(properties), properties })

const error = object({ detail: string })
const token = object({ access_token: string, token_type: string })
const user = object({
  username: string,
  email: { type: ['string', 'null'] },
  full_name: { type: ['string', 'null'] },
  disabled: { type: ['boolean', 'null'] },
  hashed_password: string
})
const form = {
  ...object({ username: string, password: string }),
  properties: {
    grant_type: { type: 'string', pattern: '^password$' },
    username: string,
    password: string,
    scope: string,
    client_id: string,
    client_secret: string
  }
}

const app = fastify({ bodyLimit: 16 * 1024 })
await app.register(formbody)

app.setErrorHandler((failure, _request, reply) => {
  if (!failure.validation) return reply.code(failure.statusCode ?? 500).send({ detail: failure.message })
  const missing = failure.validation.flatMap(({ params }) => params.missingProperty ?? [])
  return reply.code(422).send(missingFields(missing))
})

app.post('/token', { schema: { body: form, response: { 200: token, 400: error } } }, (request, reply) => {
  const { status, body } = login(request.body)
  return reply.code(status).headers(noStore).send(body)
})

app.get('/users/me', { schema: { response: { 200: user, 400: error, 401: error } } }, (request, reply) => {
  const { status, body } = readUsersMe(request.headers.authorization)
  if (status === 401) reply.headers(challenge)
  return reply.code(status).send(body)
})

await app.listen(address)
