/** The two operations on Express and express-openapi-validator. */
import express from 'express'
import * as OpenApiValidator from 'express-openapi-validator'
import { address, challenge, contractFile, login, missingFields, noStore, readUsersMe } from './chapter.js'

const app = express()
app.disable('x-powered-by')
app.disable('etag')
app.use(express.urlencoded({ extended: false, limit: '16kb' }))

const authenticate = request => {
  const reply = readUsersMe(request.headers.authorization)
  if (reply.status !== 200) throw Object.assign(new Error(reply.body.detail), { status: reply.status })
  request.user = reply.body
  return true
}

app.use(
  OpenApiValidator.middleware({
    apiSpec: contractFile,
    validateRequests: true,
    validateSecurity: { handlers: { OAuth2PasswordBearer: authenticate } }
  })
)

app.post('/token', (request, response) => {
  const { status, body } = login(request.body)
  response.status(status).set(noStore).json(body)
})

app.get('/users/me', (request, response) => {
  response.json(request.user)
})

app.use((failure, _request, response, next) => {
  if (response.headersSent) return next(failure)
  if (failure.status === 401) response.set(challenge)
  if (failure.status === 400 && failure.errors?.[0]?.path?.startsWith('/body')) {
    return response.status(422).json(missingFields(failure.errors.map(({ path }) => path.slice('/body/'.length))))
  }
  return response.status(failure.status ?? 500).json({ detail: failure.message })
})

app.listen(address.port, address.host)
