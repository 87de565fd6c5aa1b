import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { send } from '../../scripts/contract-tests/client.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const contract = sampleContract(
  `
  /notes:
    post:
      operationId: write
      security: []
      parameters:
        - { name: size, in: query, schema: { type: integer, default: 3 } }
        - { name: sort, in: query, schema: { $ref: '#/components/schemas/Sort', default: down } }
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } }
      responses: { '200': { description: Written, content: { application/json: { schema: {} } } }, ${serverAnswers} }`,
  `
    Sort: { enum: [up, down], default: up }
    Note:
      type: object
      properties:
        color: { type: string, default: red }
        sort: { $ref: '#/components/schemas/Sort' }
        order: { $ref: '#/components/schemas/Sort', const: down }
        id: { type: integer, readOnly: true, default: 1 }
        next: { $ref: '#/components/schemas/Note', default: {} }
`
)

let server: TestServer
beforeAll(async () => {
  server = await startSample(contract, {
    write: ({ query, body }) => Promise.resolve({ status: 200, body: { query, body } })
  })
})
afterAll(() => server.close())

const write = async (body: unknown): Promise<unknown> =>
  (
    await send(server.port, {
      method: 'POST',
      path: '/notes',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body)
    })
  ).json

test('a default is filled in where it keeps what stands beside it, and nowhere else', async () => {
  expect(await write({ next: { color: 'blue' } })).toEqual({
    query: { size: 3, sort: 'down' },
    body: { color: 'red', sort: 'up', next: { color: 'blue', sort: 'up', next: {} } }
  })
})

test('the default of what only the server says is not filled in', async () => {
  expect(await write({ id: 5, next: {} })).toMatchObject({ body: { color: 'red' } })
  expect(JSON.stringify(await write({ id: 5 }))).not.toContain('"id"')
  expect(JSON.stringify(await write({}))).not.toContain('"id"')
})
