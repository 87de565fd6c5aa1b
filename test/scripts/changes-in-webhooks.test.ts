import { describe, test } from '@jest/globals'
import { checkEdit, type EditRow } from './edits.js'

const orders = `openapi: 3.1.0
info: { title: Orders, version: 1.0.0 }
paths:
  /subscriptions:
    post:
      responses: { '204': { description: Subscribed } }
      callbacks:
        moved:
          '{$request.query.url}':
            post:
              requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Move' } } } }
              responses: { '204': { description: Taken } }
webhooks:
  created:
    parameters:
      - { name: X-Signature, in: header, required: true, schema: { type: string } }
    post:
      security: [{ Signature: [] }]
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Order' }
      responses:
        '200':
          description: Taken
          headers:
            X-Trace: { schema: { type: string } }
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Receipt' }
components:
  securitySchemes:
    Signature: { type: http, scheme: bearer }
    Basic: { type: http, scheme: basic }
  schemas:
    Order: { type: object, required: [id], properties: { id: { type: string }, state: { enum: [open, paid] } } }
    Receipt: { type: object, properties: { note: { type: string, maxLength: 100 } } }
    Move: { type: object, properties: { to: { type: string } } }
`

describe('webhooks and callbacks, whose requests the server sends and the client answers', () => {
  test.each<EditRow>([
    [
      'one is added',
      'webhooks:\n',
      'webhooks:\n  paid: { post: { responses: { default: { description: Any } } } }\n',
      ['ok', 'new', 'paid: { ¦post', 'POST webhook `paid` was added.']
    ],
    [
      'one is removed',
      '    post:\n      security: [{',
      '    put:\n      security: [{',
      ['ok', 'new', '    ¦put:', 'PUT webhook `created` was added.'],
      ['breaks', 'old', '    ¦post:\n      security:', 'POST webhook `created` was removed.']
    ],
    [
      'a field of the request can be missing',
      'required: [id]',
      'required: []',
      ['breaks', 'old', 'required: [¦id]', 'POST webhook `created`: the body field `id` is no longer required.']
    ],
    [
      'a field of the request is now always there',
      'required: [id]',
      'required: [id, state]',
      ['ok', 'new', 'id, ¦state]', 'POST webhook `created`: the body field `state` is now required.']
    ],
    [
      'a field of the request can have another value',
      'enum: [open, paid]',
      'enum: [open, paid, lost]',
      ['breaks', 'new', '¦enum', 'POST webhook `created`: the body field `state` can now be `"lost"`.']
    ],
    [
      'a header of the request is removed',
      '      - { name: X-Signature, in: header, required: true, schema: { type: string } }\n',
      '      []\n',
      ['breaks', 'old', '¦{ name: X-S', 'POST webhook `created`: the header parameter `X-Signature` was removed.']
    ],
    [
      'a header of the request is added',
      '    parameters:\n',
      '    parameters:\n      - { name: X-Id, in: header, required: true, schema: { type: string } }\n',
      ['ok', 'new', '¦{ name: X-Id', 'POST webhook `created`: the header parameter `X-Id` was added, and is required.']
    ],
    [
      'the request is also sent in another media type',
      "        content:\n          application/json:\n            schema: { $ref: '#/components/schemas/Order' }",
      "        content:\n          application/xml: {}\n          application/json:\n            schema: { $ref: '#/components/schemas/Order' }",
      ['breaks', 'new', '¦application/xml', 'POST webhook `created`: the media type `application/xml` was added.']
    ],
    [
      'less is taken for an answer',
      'maxLength: 100',
      'maxLength: 50',
      [
        'breaks',
        'new',
        'maxLength: ¦50',
        'POST webhook `created`, answer 200: the field `note` now has `maxLength` `50` instead of `100`.'
      ]
    ],
    [
      'more is taken for an answer',
      'maxLength: 100',
      'maxLength: 200',
      [
        'ok',
        'new',
        'maxLength: ¦200',
        'POST webhook `created`, answer 200: the field `note` now has `maxLength` `200` instead of `100`.'
      ]
    ],
    [
      'a header of the answer is asked for',
      'X-Trace: { schema',
      'X-Trace: { required: true, schema',
      [
        'breaks',
        'new',
        'X-Trace: { required: ¦true',
        'POST webhook `created`, answer 200: the header `X-Trace` is now required.'
      ]
    ],
    [
      'a status is no longer taken',
      "        '200':",
      "        '201':",
      ['ok', 'new', "¦'201'", 'POST webhook `created`: the answer 201 was added.'],
      ['breaks', 'old', "¦'200'", 'POST webhook `created`: the answer 200 was removed.']
    ],
    [
      'the server no longer shows who it is',
      'security: [{ Signature: [] }]',
      'security: []',
      ['breaks', 'new', '¦security: []', 'POST webhook `created`: the security is now none instead of `Signature`.']
    ],
    [
      'the server shows more than who it is',
      'security: [{ Signature: [] }]',
      'security: [{ Signature: [], Basic: [] }]',
      [
        'ok',
        'new',
        '¦security: [{ S',
        'POST webhook `created`: the security is now `Signature` and `Basic` instead of `Signature`.'
      ]
    ],
    [
      'what a callback sends',
      'to: { type: string }',
      "to: { type: [string, 'null'] }",
      [
        'breaks',
        'new',
        '¦type: [string',
        'POST callback `moved {$request.query.url}` of POST /subscriptions: the body field `to` can now be `null`.'
      ]
    ]
  ])('%s', (_name, ...row) => checkEdit(orders, ...row))
})
