/** The operations of `records.yaml` on `node:http` and nothing else but a parser of multipart: what they cost at least. */
import { createServer } from 'node:http'
import { pipeline } from 'node:stream'
import { URLSearchParams } from 'node:url'
import { Busboy } from '@fastify/busboy'
import { receive } from '../receive.js'
import { brokenRules, isTag } from './new-record.js'
import { address, count, create, download, invalid, location, page, problem, problemType } from './records.js'

const limit = 1024 * 1024

const send = (response, status, body, headers = {}) => {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'Content-Type': status < 400 ? 'application/json' : problemType,
    'Content-Length': Buffer.byteLength(text),
    ...headers
  })
  response.end(text)
}

const refuse = (response, errors) => send(response, 422, invalid(errors))

const receiveJson = (request, response, handle) =>
  receive(request, limit, text => {
    if (text === undefined) return send(response, 413, problem(413, 'Content Too Large'))
    try {
      handle(JSON.parse(text))
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      refuse(response, [['', 'is not JSON']])
    }
  })

const listRecords = (response, search) => {
  const query = new URLSearchParams(search)
  const [cursor, tag] = [query.get('cursor') ?? undefined, query.getAll('tag')]
  const limit = Number(query.get('limit') ?? 20)
  const broken = [
    ...(Number.isInteger(limit) && limit >= 1 && limit <= 100 ? [] : [['limit', 'must be a number from 1 to 100']]),
    ...(cursor === undefined || /^[0-9a-f-]{36}$/.test(cursor) ? [] : [['cursor', 'must be an id']]),
    ...(tag.length <= 10 && tag.every(isTag) ? [] : [['tag', 'must be tags']])
  ]
  if (broken.length > 0) refuse(response, broken)
  else send(response, 200, page({ limit, cursor, tag }))
}

const createRecord = (response, value) => {
  const broken = brokenRules(value)
  if (broken.length > 0) refuse(response, broken)
  else send(response, 201, create(value), { Location: location })
}

const isText = (value, most) => typeof value === 'string' && value.length <= most
const isRow = ({ id, name, values, note }) =>
  Number.isInteger(id) &&
  id >= 1 &&
  isText(name, 100) &&
  Array.isArray(values) &&
  values.length <= 100 &&
  values.every(value => typeof value === 'number') &&
  (note === null || isText(note, 1000))

const importDocument = (response, { title, rows }) => {
  if (isText(title, 100) && Array.isArray(rows) && rows.every(isRow)) send(response, 200, { title, rows })
  else refuse(response, [['', 'is no document']])
}

const addFile = (request, response) => {
  const parser = new Busboy({ headers: request.headers, limits: { fileSize: 10 * limit, files: 1, fields: 1 } })
  const added = {}
  parser.on('field', (name, value) => (added[name] = value))
  parser.on('file', (_field, stream, name) => {
    added.name = name
    added.bytes = count(stream)
  })
  parser.on('finish', async () => {
    if (!isText(added.title, 100) || added.bytes === undefined) return refuse(response, [['', 'is not complete']])
    send(response, 201, { title: added.title, name: added.name, bytes: await added.bytes })
  })
  request.pipe(parser)
}

const readFile = (response, id) => {
  if (!/^[1-9]\d*$/.test(id)) return refuse(response, [['id', 'must be a number']])
  const { length, stream } = download()
  response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': length })
  pipeline(stream, response, () => undefined)
}

/** Answers a request. */
export const answer = (request, response) => {
  const { method, url } = request
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  if (path === '/records' && method === 'GET') listRecords(response, mark < 0 ? '' : url.slice(mark + 1))
  else if (path === '/records' && method === 'POST') receiveJson(request, response, one => createRecord(response, one))
  else if (path === '/documents' && method === 'POST')
    receiveJson(request, response, one => importDocument(response, one))
  else if (path === '/files' && method === 'POST') addFile(request, response)
  else if (path.startsWith('/files/') && method === 'GET') readFile(response, path.slice('/files/'.length))
  else send(response, 404, problem(404, 'Not Found'))
}

if (import.meta.filename === process.argv[1]) createServer(answer).listen(address.port, address.host)
