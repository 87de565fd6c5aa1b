/** The two operations on `node:http` and nothing else: what they cost at least. */
import { createServer } from 'node:http'
import { parse } from 'node:querystring'
import { receive } from '../receive.js'
import { address, challenge, login, missingFields, noStore, readUsersMe } from './chapter.js'

const limit = 16 * 1024

const send = (response, { status, body }, headers) => {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    ...headers
  })
  response.end(text)
}

const sendLogin = (response, body) => {
  const form = parse(body)
  const missing = ['username', 'password'].filter(name => typeof form[name] !== 'string')
  send(response, missing.length > 0 ? { status: 422, body: missingFields(missing) } : login(form), noStore)
}

const server = createServer((request, response) => {
  if (request.url === '/users/me' && request.method === 'GET') {
    const reply = readUsersMe(request.headers.authorization)
    send(response, reply, reply.status === 401 ? challenge : undefined)
  } else if (request.url === '/token' && request.method === 'POST') {
    receive(request, limit, text => {
      if (text === undefined) send(response, { status: 413, body: { detail: 'Content Too Large' } }, noStore)
      else sendLogin(response, text)
    })
  } else {
    send(response, { status: 404, body: { detail: 'Not Found' } })
  }
})

server.listen(address.port, address.host)
