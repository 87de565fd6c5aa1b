import { expect, test } from '@jest/globals'
import { production } from '../../src/app.js'
import { send } from '../../scripts/contract-tests/client.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'

test('a mock is the example as it is written, also where it looks like a schema with two types', async () => {
  const example = { type: ['null', 'b'], items: { type: ['a', 'null'] } }
  const contract = sampleContract(`
  /thing:
    get:
      operationId: readThing
      security: []
      responses:
        '200':
          description: A thing
          content:
            application/json:
              schema: { type: object, properties: { type: { type: [array, 'null'] }, items: { type: object, properties: { type: {} } } } }
              example: ${JSON.stringify(example)}
        ${serverAnswers.split(', ').join('\n        ')}`)
  const server = await startSample(contract, {}, { mode: { ...production, strictReplies: true, mocks: true } })
  try {
    const { status, json } = await send(server.port, { path: '/thing' })
    expect([status, json]).toEqual([200, example])
  } finally {
    await server.close()
  }
})
