/** The operations of `records.yaml` on Express and openapi-backend, put together as its README shows. */
import { pipeline } from 'node:stream'
import addFormats from 'ajv-formats'
import express from 'express'
import multer from 'multer'
import { OpenAPIBackend } from 'openapi-backend'
import { address, contractFile, create, download, invalid, location, page, problem, problemType } from './records.js'
import { resourceHandlers } from './resources.js'

const api = new OpenAPIBackend({
  definition: contractFile,
  coerceTypes: true,
  ajvOpts: { allErrors: true },
  customizeAjv: ajv => {
    addFormats(ajv)
    return ajv
  }
})

api.register({
  listRecords: ({ request }) => ({ status: 200, body: page(request.query) }),
  createRecord: ({ request }) => ({ status: 201, body: create(request.requestBody), headers: { Location: location } }),
  importDocument: ({ request }) => ({ status: 200, body: request.requestBody }),
  addFile: (_context, { body, file }) => {
    return { status: 201, body: { title: body.title, name: file.originalname, bytes: file.size } }
  },
  readFile: (_context, _request, response) => {
    const { length, stream } = download()
    response.set({ 'Content-Type': 'application/octet-stream', 'Content-Length': String(length) })
    pipeline(stream, response, () => undefined)
  },
  validationFail: (context, _request, response) => {
    const errors = context.validation.errors.map(({ instancePath, message }) => [`#${instancePath}`, message])
    response.status(422).type(problemType).json(invalid(errors))
  },
  notFound: (_context, _request, response) => {
    response.status(404).type(problemType).json(problem(404, 'Not Found'))
  },
  postResponseHandler: ({ response: reply, operation }, _request, response) => {
    if (reply === undefined) return // has been sent
    const { status, body, headers = {} } = reply
    const { errors } = api.validateResponse(body, operation, status)
    if (errors) response.status(502).json({ status: 502, errors })
    else response.status(status).set(headers).json(body)
  },
  ...resourceHandlers(read => ({ request }) => ({ status: 200, body: read(request.params.id) }))
})

await api.init()

const app = express()
app.disable('x-powered-by')
app.disable('etag')
app.use(express.json({ limit: '1mb' }))
app.post('/files', multer({ limits: { fileSize: 10 * 1024 * 1024 } }).single('file'))
app.use((request, response) => api.handleRequest(request, request, response))
app.listen(address.port, address.host)
