/** The two operations on Express alone, validated by hand. */
import express from 'express'
import { address, challenge, login, missingFields, noStore, readUsersMe } from './chapter.js'

const app = express()
app.disable('x-powered-by')
app.disable('etag')

app.post('/token', express.urlencoded({ extended: false, limit: '16kb' }), (request, response) => {
  response.set(noStore)
  const form = request.body ?? {}
  const missing = ['username', 'password'].filter(name => typeof form[name] !== 'string')
  if (missing.length > 0) return response.status(422).json(missingFields(missing))
  const { status, body } = login(form)
  return response.status(status).json(body)
})

app.get('/users/me', (request, response) => {
  const { status, body } = readUsersMe(request.get('authorization'))
  if (status === 401) response.set(challenge)
  response.status(status).json(body)
})

app.use((failure, _request, response, next) => {
  if (response.headersSent) return next(failure)
  return response.status(failure.status ?? 500).json({ detail: failure.message })
})

app.listen(address.port, address.host)
