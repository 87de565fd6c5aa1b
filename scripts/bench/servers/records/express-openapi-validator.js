/** The operations of `records.yaml` on Express and express-openapi-validator, which checks requests and replies. */
import { pipeline } from 'node:stream'
import express from 'express'
import * as OpenApiValidator from 'express-openapi-validator'
import { address, contractFile, create, download, invalid, location, page, problem, problemType } from './records.js'
import { readResource, resources } from './resources.js'

const app = express()
app.disable('x-powered-by')
app.disable('etag')
app.use(express.json({ limit: '1mb' }))
const requests = { allErrors: true } // as the others tell them
app.use(OpenApiValidator.middleware({ apiSpec: contractFile, validateRequests: requests, validateResponses: true }))

app.get('/records', (request, response) => {
  response.json(page(request.query))
})

app.post('/records', (request, response) => {
  response.status(201).set('Location', location).json(create(request.body))
})

app.post('/documents', (request, response) => {
  response.json(request.body)
})

app.post('/files', (request, response) => {
  const [{ originalname, size }] = request.files
  response.status(201).json({ title: request.body.title, name: originalname, bytes: size })
})

app.get('/files/:id', (_request, response) => {
  const { length, stream } = download()
  response.set({ 'Content-Type': 'application/octet-stream', 'Content-Length': String(length) })
  pipeline(stream, response, () => undefined)
})

for (const number of resources) {
  app.get(number % 2 === 1 ? `/resources-${number}/:id` : `/resources-${number}`, (request, response) => {
    response.json(readResource(number, request.params.id))
  })
}

app.use((failure, _request, response, next) => {
  if (response.headersSent) return next(failure)
  response.type(problemType)
  if (failure.status !== 400)
    return response.status(failure.status ?? 500).json(problem(failure.status, failure.message))
  return response.status(422).json(invalid((failure.errors ?? []).map(({ path, message }) => [path, message])))
})

app.listen(address.port, address.host)
