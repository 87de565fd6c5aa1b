/** The two operations on Express and openapi-backend, put together as the README of openapi-backend shows. */
import express from 'express'
import { OpenAPIBackend } from 'openapi-backend'
import { address, challenge, contractFile, login, missingFields, noStore, readUsersMe } from './chapter.js'

const api = new OpenAPIBackend({ definition: contractFile })

api.register({
  login: (context, _request, response) => {
    const { status, body } = login(context.request.requestBody)
    return response.status(status).set(noStore).json(body)
  },
  readUsersMe: (context, _request, response) => {
    const { status, body } = context.security.OAuth2PasswordBearer
    return response.status(status).json(body)
  },
  unauthorizedHandler: (context, _request, response) => {
    const { status, body } = context.security.OAuth2PasswordBearer.error
    if (status === 401) response.set(challenge)
    return response.status(status).json(body)
  },
  validationFail: (context, _request, response) => {
    const missing = context.validation.errors.flatMap(({ params }) => params.missingProperty ?? [])
    return response.status(422).json(missingFields(missing))
  },
  notFound: (_context, _request, response) => response.status(404).json({ detail: 'Not Found' })
})

api.registerSecurityHandler('OAuth2PasswordBearer', context => {
  const reply = readUsersMe(context.request.headers.authorization)
  return reply.status === 200 ? reply : { error: reply }
})

await api.init()

const app = express()
app.disable('x-powered-by')
app.disable('etag')
app.use(express.urlencoded({ extended: false, limit: '16kb' }))
app.use((request, response) => api.handleRequest(request, request, response))
app.listen(address.port, address.host)
