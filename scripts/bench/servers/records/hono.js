/**
 * The operations of `records.yaml` on Hono and @hono/zod-openapi, put together as its README shows. It checks requests
 * only; what it replies is given to the schemas here, as the others do it by themselves.
 */
import { Readable } from 'node:stream'
import { serve } from '@hono/node-server'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { address, create, download, invalid, location, page, problemType } from './records.js'
import { readResource, resources } from './resources.js'
import * as schemas from './zod-schemas.js'

const app = new OpenAPIHono({
  defaultHook: (result, context) => {
    if (result.success) return undefined
    const errors = result.error.issues.map(({ path, message }) => [`#/${path.join('/')}`, message])
    return context.json(invalid(errors), 422, { 'Content-Type': problemType })
  }
})

const json = schema => ({ content: { 'application/json': { schema } }, required: true })
const replies = (status, schema) => ({ [status]: { description: 'The answer.', ...json(schema) } })
const route = (method, path, request, responses) => createRoute({ method, path, request, responses })

app.openapi(route('get', '/records', { query: schemas.query }, replies(200, schemas.recordPage)), context =>
  context.json(schemas.recordPage.parse(page(context.req.valid('query'))), 200)
)

app.openapi(route('post', '/records', { body: json(schemas.newRecord) }, replies(201, schemas.record)), context =>
  context.json(schemas.record.parse(create(context.req.valid('json'))), 201, { Location: location })
)

app.openapi(route('post', '/documents', { body: json(schemas.document) }, replies(200, schemas.document)), context =>
  context.json(schemas.document.parse(context.req.valid('json')), 200)
)

const form = { content: { 'multipart/form-data': { schema: schemas.newFile } }, required: true }
app.openapi(route('post', '/files', { body: form }, replies(201, schemas.addedFile)), context => {
  const { title, file } = context.req.valid('form')
  return context.json(schemas.addedFile.parse({ title, name: file.name, bytes: file.size }), 201)
})

const bytes = { 200: { description: 'The file.', content: { 'application/octet-stream': {} } } }
app.openapi(route('get', '/files/{id}', { params: schemas.fileId }, bytes), context => {
  const { length, stream } = download()
  const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': String(length) }
  return context.body(Readable.toWeb(stream), 200, headers)
})

for (const number of resources) {
  const one = number % 2 === 1
  const [path, schema] = one
    ? [`/resources-${number}/{id}`, schemas.resource]
    : [`/resources-${number}`, schemas.resourceList]
  const request = one ? { params: schemas.fileId } : { query: schemas.query }
  app.openapi(route('get', path, request, replies(200, schema)), context =>
    context.json(schema.parse(readResource(number, context.req.param('id'))), 200)
  )
}

serve({ fetch: app.fetch, hostname: address.host, port: address.port })
