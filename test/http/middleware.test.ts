import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { RequestHandler } from 'express'
import { send } from '../../scripts/contract-tests/client.js'
import type { RoutedMessage } from '../../src/contract/index.js'
import { stackOf } from '../support/keep-log.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const contract = sampleContract(
  `
  /things/{id}:
    get:
      operationId: readThing
      security: [{ Key: [] }]
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        '200': { description: Fine }
        '503': { $ref: '#/components/responses/Error' }
        ${serverAnswers.replaceAll(', ', '\n        ')}`,
  '  securitySchemes: { Key: { type: apiKey, in: header, name: X-Key } }'
)

const refused = { status: 401, detail: 'No key', headers: { 'WWW-Authenticate': 'Key' } }
const security = {
  Key: {
    kind: 'apiKey',
    refusals: [401],
    authenticate: ({ credentials: key }: { readonly credentials: unknown }) =>
      Promise.resolve(key === undefined ? { refusal: refused } : { user: key })
  }
}

const seen: string[] = []
const letOn: (() => void)[] = []
const before: RequestHandler = ({ path, headers }, response, next) => {
  response.setHeader('X-Before', path)
  if (headers['x-stop'] === 'before') response.status(418).end('short and stout')
  else next()
}
const operationOf = (request: RoutedMessage): string => request.operation?.operationId ?? 'none'
const after: RequestHandler[] = [
  (request, response, next) => {
    seen.push(operationOf(request))
    response.setHeader('X-After', operationOf(request))
    next()
  },
  async ({ headers }, response, next) => {
    await Promise.resolve()
    const { 'x-stop': stop } = headers
    if (stop === 'after') response.status(418).end('short and stout')
    else if (stop === 'error') next(new Error('a fault of the middleware'))
    else if (stop === 'refused') next(Object.assign(new Error('not so fast'), { status: 429 }))
    else if (stop === 'thrown') throw new Error('thrown by the middleware')
    else if (stop === 'late') letOn.push(next)
    else next()
  }
]

let server: TestServer
let handled = 0
beforeAll(async () => {
  const readThing = () => Promise.resolve({ status: 200 + 0 * (handled += 1) })
  const options = { security, patience: 200, middleware: { before: [before], after } }
  server = await startSample(contract, { readThing }, options)
})
afterAll(() => server.close())

const ask = async (path: string, stop?: string, key: string | undefined = 'k') => {
  seen.length = 0
  const { status, headers, text } = await send(server.port, {
    path,
    headers: { ...(stop !== undefined && { 'X-Stop': stop }), ...(key !== '' && { 'X-Key': key }) }
  })
  const lines = server.log.splice(0)
  return { status, before: headers['x-before'], after: headers['x-after'], text, lines }
}

test('what comes before sees each request, and what comes after routing knows the operation', async () => {
  expect(await ask('/things/1')).toMatchObject({ status: 200, before: '/things/1', after: 'readThing' })
  expect(await ask('/docs')).toMatchObject({ status: 200, before: '/docs', after: undefined })
  expect(await ask('/nowhere')).toMatchObject({ status: 404, before: '/nowhere', after: undefined })
})

test('what comes after routing comes before security, and before anything is validated', async () => {
  expect(await ask('/things/1', undefined, '')).toMatchObject({ status: 401, after: 'readThing' })
  expect(await ask('/things/x')).toMatchObject({ status: 422, after: 'readThing' })
})

test.each(['before', 'after'])('one that comes %s may answer by itself, and nobody else does', async stop => {
  const [had, { status, text, lines }] = [handled, await ask('/things/1', stop)]
  expect([status, text, lines, handled - had]).toEqual([418, 'short and stout', [], 0])
  const later = await ask('/things/1', 'late') // by when the first would have been told of as late, too
  expect([later.status, later.lines.length]).toEqual([503, 1])
})

test.each([
  ['error', 'a fault of the middleware'],
  ['thrown', 'thrown by the middleware']
])(
  'what one says by an error (%s) is a 500 in the words of the server, and is logged once, with the operation',
  async (stop, message) => {
    const { status, text, lines } = await ask('/things/1', stop)
    expect([status, text]).toEqual([500, '{"detail":"Internal Server Error"}'])
    expect(lines).toEqual([expect.objectContaining({ operationId: 'readThing' })])
    expect(stackOf(lines[0])).toContain(message)
  }
)

test('an error that says it is the fault of the client is answered with its status, and not logged', async () => {
  const { status, text, lines } = await ask('/things/1', 'refused')
  expect([status, text, lines]).toEqual([429, '{"detail":"Too Many Requests"}', []])
})

test('one that takes too long is a 503, and the handler is never asked', async () => {
  const { status, lines } = await ask('/things/1', 'late')
  expect([status, lines.length]).toEqual([503, 1])
  const had = handled
  for (const next of letOn.splice(0)) next()
  expect((await ask('/things/1')).status).toBe(200)
  expect([handled - had, server.log]).toEqual([1, []])
})
