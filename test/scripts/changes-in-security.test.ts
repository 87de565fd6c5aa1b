import { describe, test } from '@jest/globals'
import { checkEdit, type EditRow } from './edits.js'

const contract = `openapi: 3.1.0
info: { title: Kinds, version: 1.0.0 }
paths:
  /keys: { get: { security: [{ Key: [] }], responses: { '200': { description: Fine } } } }
components:
  securitySchemes:
    Key: { type: apiKey, in: header, name: X-Key }
    Staff: { type: http, scheme: basic }
    Login: { type: oauth2, flows: { password: { tokenUrl: /token, scopes: { read: R, write: W } } } }
    Id: { type: openIdConnect, openIdConnectUrl: https://example.com/.well-known/openid-configuration }
`

describe('changes of security schemes', () => {
  test.each<EditRow>([
    [
      'a key moves into the query',
      'in: header',
      'in: query',
      ['breaks', 'new', 'in: ¦query', 'The security scheme `Key`: `in` is now `query` instead of `header`.']
    ],
    [
      'a key is called otherwise',
      'name: X-Key',
      'name: X-Api-Key',
      ['breaks', 'new', 'name: ¦X-Api-Key', 'The security scheme `Key`: `name` is now `X-Api-Key` instead of `X-Key`.']
    ],
    ['a key in a header is written otherwise, which no client notices', 'name: X-Key', 'name: x-key'],
    [
      'another scheme of HTTP is asked for',
      'scheme: basic',
      'scheme: bearer',
      ['breaks', 'new', 'scheme: ¦bearer', 'The security scheme `Staff`: `scheme` is now `bearer` instead of `basic`.']
    ],
    ['its name is written otherwise', 'scheme: basic', 'scheme: Basic'],
    [
      'it is of another kind',
      'type: http, scheme: basic',
      'type: apiKey, in: cookie, name: staff',
      ['ok', 'new', '¦in: cookie', 'The security scheme `Staff`: `in` was added.'],
      ['ok', 'new', '¦name: staff', 'The security scheme `Staff`: `name` was added.'],
      ['breaks', 'old', '¦scheme: basic', 'The security scheme `Staff`: `scheme` was removed.'],
      [
        'breaks',
        'new',
        'type: ¦apiKey, in: cookie',
        'The security scheme `Staff`: `type` is now `apiKey` instead of `http`.'
      ]
    ],
    [
      'a scope can no longer be had',
      'read: R, write: W',
      'read: R',
      ['breaks', 'old', '¦write: W', 'The security scheme `Login`: `flows.password.scopes.write` was removed.']
    ],
    [
      'there is another scope',
      'read: R,',
      'read: Reads, all: A,',
      ['ok', 'new', '¦all: A', 'The security scheme `Login`: `flows.password.scopes.all` was added.']
    ],
    [
      'the place of what a provider says of itself changes',
      'https://example.com',
      'https://example.org',
      [
        'breaks',
        'new',
        '¦https://example.org',
        'The security scheme `Id`: `openIdConnectUrl` is now `https://example.org/.well-known/openid-configuration` instead of `https://example.com/.well-known/openid-configuration`.'
      ]
    ]
  ])('%s', (_name, ...row) => checkEdit(contract, ...row))
})
