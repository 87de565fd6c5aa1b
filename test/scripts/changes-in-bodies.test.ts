import { describe, test } from '@jest/globals'
import { checkEdit, type EditRow } from './edits.js'

const contract = `openapi: 3.1.0
info: { title: Bodies, version: 1.0.0 }
paths:
  /texts:
    post:
      requestBody: { content: { application/json: { x-max-bytes: 2000, schema: {} } } }
      responses: { '200': { description: Fine, content: { text/plain: { schema: { type: string } } } } }
  /undeclared: { post: { requestBody: { content: { application/json: {} } }, responses: { '204': { description: Ok } } } }
  /pictures: { post: { requestBody: { content: { image/png: {} } }, responses: { '204': { description: Ok } } } }
  /albums:
    post:
      requestBody:
        content:
          multipart/form-data:
            schema: { type: object, properties: { photo: {} } }
            encoding: { photo: { headers: { X-Width: { schema: { type: integer } } } } }
      responses: { '204': { description: Ok } }
webhooks:
  sent: { post: { requestBody: { content: { text/csv: {} } }, responses: { '204': { description: Ok } } } }
`

describe('changes in how much a body may be', () => {
  test.each<EditRow>([
    [
      'a limit is lowered',
      'x-max-bytes: 2000',
      'x-max-bytes: 1999',
      [
        'breaks',
        'new',
        'x-max-bytes: ¦1999',
        'POST /texts: the body may now have 1999 bytes instead of 2000 bytes (`x-max-bytes`).'
      ]
    ],
    [
      'a limit is raised',
      'x-max-bytes: 2000',
      'x-max-bytes: 2001',
      [
        'ok',
        'new',
        'x-max-bytes: ¦2001',
        'POST /texts: the body may now have 2001 bytes instead of 2000 bytes (`x-max-bytes`).'
      ]
    ],
    [
      'a limit is removed, below that of the server',
      'x-max-bytes: 2000, ',
      '',
      [
        'ok',
        'old',
        'x-max-bytes: ¦2000',
        'POST /texts: the body may now have 1048576 bytes instead of 2000 bytes (`x-max-bytes`).'
      ]
    ],
    [
      'a limit is set, below that of the server',
      'post: { requestBody: { content: { application/json: {} } }',
      'post: { requestBody: { content: { application/json: { x-max-bytes: 1000 } } }',
      [
        'breaks',
        'new',
        'x-max-bytes: ¦1000',
        'POST /undeclared: the body may now have 1000 bytes instead of 1048576 bytes (`x-max-bytes`).'
      ]
    ],
    [
      'a limit is set that is the server’s',
      'post: { requestBody: { content: { application/json: {} } }',
      'post: { requestBody: { content: { application/json: { x-max-bytes: 1048576 } } }'
    ],
    [
      'a limit is set where there was none',
      'image/png: {}',
      'image/png: { x-max-bytes: 5 }',
      [
        'breaks',
        'new',
        'x-max-bytes: ¦5',
        'POST /pictures: the body may now have 5 bytes instead of any number of bytes (`x-max-bytes`).'
      ]
    ],
    ['an answer has a limit', 'text/plain: { schema', 'text/plain: { x-max-bytes: 1, schema'],
    ['what the server sends has a limit', 'text/csv: {}', 'text/csv: { x-max-bytes: 1 }']
  ])('%s', (_name, ...row) => checkEdit(contract, ...row))
})

describe('changes in the headers of parts', () => {
  test.each<EditRow>([
    [
      'one becomes required',
      'X-Width: { schema',
      'X-Width: { required: true, schema',
      ['breaks', 'new', 'required: ¦true', "POST /albums: the part `photo`'s header `X-Width` is now required."]
    ],
    [
      'one is narrowed',
      'type: integer',
      'type: integer, minimum: 1',
      ['breaks', 'new', 'minimum: ¦1', "POST /albums: the part `photo`'s header `X-Width` now has `minimum` `1`."]
    ],
    [
      'one is added',
      'X-Width: { schema',
      'X-Height: { schema: {} }, X-Width: { schema',
      ['ok', 'new', '¦X-Height', "POST /albums: the part `photo`'s header `X-Height` was added."]
    ]
  ])('%s', (_name, ...row) => checkEdit(contract, ...row))
})
