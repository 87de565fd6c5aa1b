/** The operations of `records.yaml` on Fastify, with schemas for what comes in and for what goes out. */
import multipart from '@fastify/multipart'
import fastify from 'fastify'
import { count, create, download, invalid, location, page, problem, problemType } from './records.js'
import { readResource, resources } from './resources.js'
import { addedFile, document, fileId, newRecord, query, record, recordPage, resource, resourceList } from './schemas.js'

const mebibyte = 1024 * 1024

const broken = ({ instancePath, params, message }) => {
  const name = params.missingProperty ?? params.additionalProperty
  return [`#${instancePath}${name === undefined ? '' : `/${name}`}`, message]
}

const refuse = (failure, _request, reply) => {
  reply.type(problemType)
  const status = failure.statusCode ?? 500
  if (failure.validation) return reply.code(422).send(invalid(failure.validation.map(broken)))
  return reply.code(status).send(problem(status, failure.message))
}

const addFile = async (request, reply) => {
  const added = {}
  for await (const part of request.parts()) {
    if (part.type === 'file') Object.assign(added, { name: part.filename, bytes: await count(part.file) })
    else added[part.fieldname] = part.value
  }
  const { title, bytes } = added
  if (typeof title === 'string' && title.length <= 100 && bytes !== undefined) return reply.code(201).send(added)
  return reply
    .code(422)
    .type(problemType)
    .send(invalid([['', 'is not complete']]))
}

const readFile = (_request, reply) => {
  const { length, stream } = download()
  return reply.type('application/octet-stream').header('Content-Length', length).send(stream)
}

const addResources = app => {
  for (const number of resources) {
    const one = number % 2 === 1
    const schema = one
      ? { params: fileId, response: { 200: resource } }
      : { querystring: query, response: { 200: resourceList } }
    app.get(one ? `/resources-${number}/:id` : `/resources-${number}`, { schema }, (request, reply) =>
      reply.send(readResource(number, request.params.id))
    )
  }
}

/** Makes the app; it doesn't listen yet. All broken rules of a request are told, as by the others. */
export const createApp = async (options = {}, prepare = () => undefined) => {
  const app = fastify({ bodyLimit: mebibyte, ajv: { customOptions: { allErrors: true } }, ...options })
  await prepare(app)
  await app.register(multipart, { limits: { fileSize: 10 * mebibyte, files: 1, fields: 1 } })
  app.setErrorHandler(refuse)
  app.get('/records', { schema: { querystring: query, response: { 200: recordPage } } }, (request, reply) =>
    reply.send(page(request.query))
  )
  app.post('/records', { schema: { body: newRecord, response: { 201: record } } }, (request, reply) =>
    reply.code(201).header('Location', location).send(create(request.body))
  )
  app.post('/documents', { schema: { body: document, response: { 200: document } } }, (request, reply) =>
    reply.send(request.body)
  )
  app.post('/files', { schema: { response: { 201: addedFile } } }, addFile)
  app.get('/files/:id', { schema: { params: fileId } }, readFile)
  addResources(app)
  return app
}
