import { expect, test } from '@jest/globals'
import { production } from '../../src/app.js'
import { send } from '../../scripts/contract-tests/client.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'

const names = (
  'items prefixItems additionalItems unevaluatedItems contains $ref $dynamicRef $id id $anchor $schema $defs ' +
  'definitions required dependentRequired properties patternProperties additionalProperties propertyNames const enum ' +
  'type nullable format allOf anyOf oneOf not if then else default example examples readOnly toJSON toString ' +
  'valueOf constructor hasOwnProperty'
).split(' ')

const value = Object.fromEntries(names.map((name, index) => [name, index]))

test.each([true, false])(
  'properties named like keywords are properties, and leave unchanged (strict: %j)',
  async strictReplies => {
    const contract = sampleContract(
      `
  /thing:
    get:
      operationId: readThing
      security: []
      responses:
        '200':
          description: A thing
          content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } }
        ${serverAnswers.split(', ').join('\n        ')}`,
      `    Thing:
      type: object
      required: [${names.join(', ')}]
      properties: { ${names.map(name => `${name}: { type: integer }`).join(', ')}, more: { $ref: '#/components/schemas/Thing' } }`
    )
    const body = { ...value, more: value }
    const readThing = () => Promise.resolve({ status: 200, body })
    const server = await startSample(
      contract,
      { readThing },
      { mode: { ...production, strictReplies, reasons: strictReplies } }
    )
    try {
      expect((await send(server.port, { path: '/thing' })).json).toEqual(body)
    } finally {
      await server.close()
    }
  }
)
