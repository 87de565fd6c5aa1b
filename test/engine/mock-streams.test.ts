/** Mocks of what isn't JSON, as a server sends them. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { production } from '../../src/app.js'
import { send } from '../../scripts/contract-tests/client.js'
import { sampleContract, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const paths = {
  'image/png': '{}',
  'application/octet-stream': '{ schema: { type: integer, minimum: 7 } }',
  'text/csv': '{ schema: { type: string }, example: "a,b" }',
  'application/jsonl': '{ schema: { type: object, required: [a], properties: { a: { const: 1 } } } }',
  'application/json-seq': '{ schema: { type: object, required: [a], properties: { a: { const: 1 } } } }',
  'text/event-stream': '{}'
}
const events = {
  data: '{ schema: { type: object, required: [a], properties: { a: { const: 1 } } } }',
  whole:
    '{ schema: { type: object, required: [event, data], properties: { event: { const: e }, data: { type: object, required: [a], properties: { a: { const: 1 } } } } } }',
  text: '{ schema: { type: string }, example: "event: e\\ndata: 1\\n\\n" }',
  said: '{ schema: { type: string }, example: hello }'
}
const operation = (path: string, mediaType: string, object: string): string =>
  `  /${path}: { get: { security: [], responses: { '200': { description: x, content: { ${mediaType}: ${object} } } } } }`
const contract = sampleContract(
  [
    ...Object.entries(paths).map(([mediaType, object]) => operation(mediaType, mediaType, object)),
    ...Object.entries(events).map(([path, object]) => operation(path, 'text/event-stream', object))
  ].join('\n')
)

let server: TestServer
beforeAll(async () => {
  server = await startSample(contract, {}, { mode: { ...production, strictReplies: true, mocks: true } })
})
afterAll(() => server.close())

test.each([
  ['image/png', 'string'],
  ['application/octet-stream', '7'],
  ['text/csv', 'a,b'],
  ['application/jsonl', '{"a":1}\n'],
  ['application/json-seq', '\x1e{"a":1}\n'],
  ['data', 'data: {"a":1}\n\n'],
  ['whole', 'event: e\ndata: {"a":1}\n\n'],
  ['text', 'event: e\ndata: 1\n\n'],
  ['said', 'data: hello\n\n']
])('%s is %j', async (path, text) => {
  const { status, text: sent, headers } = await send(server.port, { path: `/${path}` })
  expect([status, sent, headers['x-mock']]).toEqual([200, text, 'true'])
})
