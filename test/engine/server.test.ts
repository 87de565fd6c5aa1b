import { describe, expect, test } from '@jest/globals'
import { type Contract, operationsOf, parseContract } from '../../src/contract/index.js'
import { urlFindings } from '../../src/contract/checks/url-findings.js'
import { basePathsOf } from '../../src/contract/openapi/server.js'
import { tokenUrlsOf } from '../../src/contract/openapi/token-url.js'

interface Servers {
  readonly document?: readonly object[]
  readonly item?: readonly object[]
  readonly operation?: readonly object[]
  readonly tokenUrl?: string
}

const contractWith = ({ document, item, operation, tokenUrl = '/token' }: Servers): Contract =>
  parseContract(
    JSON.stringify(
      {
        openapi: '3.1.0',
        info: { title: 'A', version: '1' },
        servers: document,
        paths: {
          '/tökens': { servers: item, post: { servers: operation, responses: { 200: { description: 'A' } } } }
        },
        components: {
          securitySchemes: { S: { type: 'oauth2', flows: { password: { tokenUrl, scopes: {} } } } }
        }
      },
      null,
      2
    )
  )

const basePaths = (servers: Servers): readonly string[] => {
  const contract = contractWith(servers)
  return operationsOf(contract).flatMap(operation => basePathsOf(contract, operation))
}

describe('an operation is served where its servers are', () => {
  const variable = (value: string, values?: readonly string[]): object => ({
    default: value,
    ...(values && { enum: values })
  })

  test.each<[string, readonly object[] | undefined, readonly string[]]>([
    ['none', undefined, ['']],
    ['an empty list', [], ['']],
    ['the root', [{ url: '/' }, { url: 'https://example.com' }], ['']],
    ['a path', [{ url: '/api/v1' }], ['/api/v1']],
    ['a slash at the end', [{ url: '/api/v1/' }, { url: 'https://example.com/api/v1//' }], ['/api/v1']],
    ['a full URL', [{ url: 'https://example.com:8080/api?x=1#y' }], ['/api']],
    ['a relative one', [{ url: 'v2' }, { url: './v3' }, { url: '//example.com/v4' }], ['/v2', '/v3', '/v4']],
    ['text that is encoded', [{ url: '/ä b/{c}', variables: { c: variable('%2F') } }], ['/%C3%A4%20b/%2F']],
    [
      'variables',
      [{ url: '/{a}/{b}', variables: { a: variable('x', ['y', 'x']), b: variable('1', ['1', '2']) } }],
      ['/x/1', '/x/2', '/y/1', '/y/2']
    ],
    [
      'variables of hosts',
      [
        {
          url: '{s}://{h}:{p}/v1',
          variables: { s: variable('http', ['https', 'http']), h: variable('a'), p: variable('1') }
        }
      ],
      ['/v1']
    ],
    [
      'a variable with a whole URL',
      [{ url: '{u}/v1', variables: { u: variable('https://a/x', ['https://a/x', '']) } }],
      ['/x/v1', '/v1']
    ],
    ['a value with a dollar sign', [{ url: '/{a}', variables: { a: variable('$&') } }], ['/$&']]
  ])('%s', (_name, document, paths) => {
    expect(basePaths({ ...(document && { document }) })).toEqual(paths)
  })

  test('its own, else those of its path, else those of the document', () => {
    const [document, item, operation] = ['/a', '/b', '/c'].map(url => [{ url }])
    expect(
      basePaths({ ...(document && { document }), ...(item && { item }), ...(operation && { operation }) })
    ).toEqual(['/c'])
    expect(basePaths({ ...(document && { document }), ...(item && { item }), operation: [] })).toEqual(['/b'])
    expect(basePaths({ ...(document && { document }) })).toEqual(['/a'])
  })
})

describe('the URLs of a contract lead somewhere', () => {
  const findings = (servers: Servers): string[] => {
    const contract = contractWith(servers)
    return urlFindings(contract, operationsOf(contract)).map(({ place, what }) => `${place}  ${what}`)
  }
  const tokenUrl = 't%C3%B6kens'

  test.each<[string, Servers, RegExp]>([
    [
      'a variable that is not declared',
      { document: [{ url: 'https://{toString}/' }, { url: '/' }] },
      /^openapi\.yaml:9:14 {2}The variable `toString` of the server isn't declared\.$/
    ],
    [
      'a default that is not among the values',
      {
        operation: [{ url: '/{a}', variables: { a: { enum: ['b'], default: 'c' } } }, { url: '/' }],
        tokenUrl: '/t%C3%B6kens'
      },
      /^openapi\.yaml:\d+:28 {2}The default `c` of the variable `a` isn't in its `enum`\.$/
    ],
    [
      'a URL without a path',
      { item: [{ url: 'localhost:8080/v1' }, { url: '/' }] },
      /^openapi\.yaml:\d+:\d+ {2}The server's URL `localhost:8080\/v1` has no path\.$/
    ]
  ])('%s is told with its place', (_name, servers, finding) => {
    expect(findings({ tokenUrl, ...servers })).toEqual([expect.stringMatching(finding)])
  })

  test('servers below the root are fine', () => {
    expect(findings({ document: [{ url: '/v1/' }], tokenUrl })).toEqual([])
  })

  test.each<[string, string, boolean]>([
    ['/v1/t%C3%B6kens', '/v1', true],
    ['/t%C3%B6kens', '/v1', false],
    ['t%C3%B6kens', '/v1', false],
    ['t%C3%B6kens', 'https://example.com/v1/', true],
    ['v1/t%C3%B6kens', 'https://example.com/v1', true],
    ['https://example.com/v1/t%C3%B6kens', '/v1', false]
  ])('a tokenUrl %s is relative to the server %s, and leads to an operation: %j', (url, server, leads) => {
    const contract = contractWith({ document: [{ url: server }], tokenUrl: url })
    expect(tokenUrlsOf(contract).some(({ operation }) => operation !== undefined)).toBe(leads)
  })

  test('one that leads nowhere is told with the whole path', () => {
    expect(findings({ document: [{ url: '/v1' }], tokenUrl: '/v1/token' })).toEqual([
      expect.stringMatching(
        /^openapi\.yaml:\d+:\d+ {2}The `tokenUrl` leads to no operation: there is no POST \/v1\/token\.$/
      )
    ])
  })
})
