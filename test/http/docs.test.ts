import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { parse as parseYaml } from 'yaml'
import { send } from '../../scripts/contract-tests/client.js'
import { parseContract } from '../../src/contract/index.js'
import { startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'
import { loginText, startLogin } from '../support/login.js'

let server: TestServer
beforeAll(async () => {
  server = await startLogin()
})
afterAll(() => server.close())

test('the contract is served as it was written, and as JSON', async () => {
  const yaml = await send(server.port, { path: '/openapi.yaml' })
  expect([yaml.status, yaml.headers['content-type'], yaml.text]).toEqual([200, 'application/yaml', loginText])
  const json = await send(server.port, { path: '/openapi.json' })
  expect([json.status, json.headers['content-type']]).toEqual([200, 'application/json'])
  expect(json.json).toMatchObject({ openapi: '3.1.0', paths: { '/token': { post: { operationId: 'login' } } } })
})

test('the servers of the JSON are paths of this one, and those of the YAML as they were written', async () => {
  const text = `openapi: 3.1.0
info: { title: Elsewhere, version: '1' }
servers:
  - { url: 'https://api.example.com/v1/', description: The real one }
  - { url: 'https://{region}.example.com/v1', variables: { region: { default: eu } } }
  - { url: 'https://example.com/{stage}', variables: { stage: { default: test, enum: [test, live] } } }
  - { url: /v2 }
paths:
  /things:
    servers: [{ url: 'https://things.example.com' }]
    get:
      operationId: read
      security: [{ Login: [] }]
      servers: [{ url: '//example.com/own' }]
      responses: { '204': { description: Read } }
      callbacks: { told: { '{$request.query.url}': { servers: [{ url: 'https://example.com' }] } } }
  /token: { post: { operationId: login, responses: { '204': { description: In } } } }
components:
  securitySchemes:
    Login: { type: oauth2, flows: { password: { tokenUrl: token, scopes: {} } } }
`
  const none = () => Promise.resolve({ status: 204 })
  const elsewhere = await startSample(
    parseContract(text),
    { read: none, login: none },
    { security: { Login: { kind: 'bearer', refusals: [], authenticate: () => Promise.resolve({ user: {} }) } } }
  )
  const { text: yaml } = await send(elsewhere.port, { path: '/openapi.yaml' })
  const { json } = await send(elsewhere.port, { path: '/openapi.json' })
  await elsewhere.close()
  expect(yaml).toBe(text)
  expect(json).toMatchObject({
    servers: [{ url: '/v1' }, { url: '/test' }, { url: '/live' }, { url: '/v2' }],
    paths: {
      '/things': {
        servers: [{ url: '/' }],
        get: {
          servers: [{ url: '/own' }],
          callbacks: { told: { '{$request.query.url}': { servers: [{ url: 'https://example.com' }] } } }
        }
      }
    },
    components: { securitySchemes: { Login: { flows: { password: { tokenUrl: '/v1/token' } } } } }
  })
})

test('the JSON of a contract that names this server is as it was written', async () => {
  const { json } = await send(server.port, { path: '/openapi.json' })
  expect(json).toEqual(parseYaml(loginText))
})

test('the JSON of a contract of OpenAPI 3.0 says 3.1, as all in it does', async () => {
  const text = `openapi: 3.0.3
info: { title: Old, version: '1' }
paths: {}
components: { schemas: { Name: { type: string, nullable: true } } }
`
  const old = await startSample(parseContract(text), {})
  const { json } = await send(old.port, { path: '/openapi.json' })
  const yaml = await send(old.port, { path: '/openapi.yaml' })
  await old.close()
  expect(json).toMatchObject({
    openapi: '3.1.0',
    components: { schemas: { Name: { type: ['string', 'null'] } } }
  })
  expect(JSON.stringify(json)).not.toContain('nullable')
  expect(yaml.text).toBe(text)
})

test.each(['/docs', '/docs/', '/docs/swagger-ui.css', '/docs/swagger-ui-bundle.js', '/docs/swagger-ui-init.js'])(
  'the page has %s',
  async path => {
    expect((await send(server.port, { path })).status).toBe(200)
  }
)

test.each([
  '/docs/index.html',
  '/docs/swagger-initializer.js',
  '/docs/package.json',
  '/docs/../package.json',
  '/docs/x'
])('%s is nothing, because the page has no use for it', async path => {
  const answer = await send(server.port, { path })
  expect([answer.status, answer.json]).toEqual([404, { detail: 'Not Found' }])
})

test.each(['/OpenAPI.json', '/Docs', '/docs/Swagger-UI.css'])('%s is another path', async path => {
  expect((await send(server.port, { path })).status).toBe(404)
})

test('the page may load nothing from other hosts, and ask none', async () => {
  const { headers } = await send(server.port, { path: '/docs' })
  const rules = String(headers['content-security-policy']).split('; ')
  const images = "img-src 'self' data: blob:" // Swagger UI makes what it shows of an answer by itself
  expect(rules).toContain(images)
  for (const rule of rules.filter(one => one !== images))
    expect(rule).toMatch(/^[a-z-]+( ('self'|'none'|'unsafe-hashes'|data:|'sha256-[\w+/=]+'))+$/)
  expect(rules).toEqual(expect.arrayContaining(["default-src 'none'", "connect-src 'self'", "form-action 'none'"]))
})

test.each([
  '/openapi.json',
  '/openapi.yaml',
  '/docs',
  '/docs/',
  '/docs/openapi.json',
  '/docs/page.css',
  '/docs/swagger-ui.css',
  '/docs/swagger-ui-init.js'
])('%s can be read and nothing else', async path => {
  for (const method of ['POST', 'DELETE', 'OPTIONS']) {
    const answer = await send(server.port, { method, path })
    expect([answer.status, answer.headers.allow, answer.json]).toEqual([
      405,
      'GET, HEAD',
      { detail: 'Method Not Allowed' }
    ])
  }
  const head = await send(server.port, { method: 'HEAD', path })
  expect([head.status, head.text]).toEqual([200, ''])
})

const files = [
  '/openapi.json',
  '/openapi.yaml',
  '/docs',
  '/docs/',
  '/docs/openapi.json',
  '/docs/page.css',
  '/docs/page.js',
  '/docs/swagger-ui.css',
  '/docs/swagger-ui-init.js',
  '/docs/favicon-32x32.png'
]

test.each(files)('%s is sent once, and then a 304 as long as it is the same', async path => {
  const { headers } = await send(server.port, { path })
  expect(headers['cache-control']).toBe('no-cache')
  expect(headers.etag).toMatch(/^"[\w-]{43}"$/)
  for (const known of [headers.etag, `"other", W/${headers.etag ?? ''}`, '*']) {
    const again = await send(server.port, { path, headers: { 'If-None-Match': known ?? '' } })
    expect([again.status, again.text, again.headers.etag]).toEqual([304, '', headers.etag])
  }
  expect((await send(server.port, { path, headers: { 'If-None-Match': '"other"' } })).status).toBe(200)
})

test.each([
  [{ Range: 'bytes=99999999-' }, 200],
  [{ 'If-Match': '"another"' }, 412]
])('a file asked for with %j is a %i, and nothing is logged', async (headers, status) => {
  const answer = await send(server.port, { path: '/docs/swagger-ui.css', headers: { ...headers } })
  expect([answer.status, server.log]).toEqual([status, []])
})

test.each([
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 302],
  ['text/html', 302],
  ['*/*', 404],
  ['application/json', 404],
  ['application/json, text/html;q=0.9', 404],
  [undefined, 404]
])('who asks for / with Accept: %s is answered %i', async (accept, status) => {
  for (const method of ['GET', 'HEAD']) {
    const answer = await send(server.port, { method, path: '/', headers: accept ? { Accept: accept } : {} })
    const { location, vary } = answer.headers
    expect([answer.status, location, vary]).toEqual([
      status,
      ...(status === 302 ? ['docs', 'Accept'] : [undefined, undefined])
    ])
  }
  const other = await send(server.port, { method: 'POST', path: '/', headers: accept ? { Accept: accept } : {} })
  expect([other.status, other.json]).toEqual([404, { detail: 'Not Found' }])
})

test('a contract that declares / answers there by itself', async () => {
  const text = `openapi: 3.1.0
info: { title: Root, version: '1' }
paths: { /: { get: { operationId: root, responses: { '204': { description: Nothing } } } } }
`
  const root = await startSample(parseContract(text), { root: () => Promise.resolve({ status: 204 }) })
  const answer = await send(root.port, { path: '/', headers: { Accept: 'text/html' } })
  await root.close()
  expect([answer.status, answer.headers.location]).toEqual([204, undefined])
})

test.each([
  ['/docs', 'docs/'],
  ['/docs/', './']
])('all that %s names is below %s, so relative to itself', async (path, folder) => {
  const { text } = await send(server.port, { path })
  const names = [...text.matchAll(/(?:href|src)=["']([^"'#]+)["']/g)].map(([, name = '']) => name)
  expect(names.length).toBeGreaterThan(5)
  for (const name of names) {
    expect(name.startsWith(folder)).toBe(true)
    expect((await send(server.port, { path: `/docs/${name.slice(folder.length)}` })).status).toBe(200)
  }
})

const named = `openapi: 3.1.0
info: { title: '<b>&Co $& "x"', version: '1' }
servers:
  - { url: 'https://api.example.com/v1', description: Real }
  - { url: '//cdn.example.com' }
  - { url: 'https://{region}.example.com:{port}/a;b', variables: { region: { default: eu, enum: [eu, us] }, port: { default: '443' } } }
  - { url: /v1, description: Here }
  - { url: 'ftp://example.com/' }
paths:
  /things:
    get:
      operationId: read
      security: [{ Login: [] }, { Known: [] }]
      servers: [{ url: 'https://things.example.com/' }]
      responses: { '204': { description: Read } }
      callbacks: { told: { '{$request.query.url}': { servers: [{ url: 'https://called.example.com' }] } } }
  /token: { post: { operationId: login, responses: { '204': { description: In } } } }
components:
  securitySchemes:
    Login:
      type: oauth2
      flows:
        password: { tokenUrl: /v1/token, scopes: {} }
        clientCredentials: { tokenUrl: 'https://auth.example.com/token?tenant=1', scopes: {} }
        authorizationCode: { tokenUrl: 'https://auth.example.com/token', authorizationUrl: 'https://login.example.com/', scopes: {} }
    Known: { type: openIdConnect, openIdConnectUrl: 'https://id.example.com/.well-known/openid-configuration' }
`

describe('the page of a contract that names other servers', () => {
  let elsewhere: TestServer
  beforeAll(async () => {
    const none = () => Promise.resolve({ status: 204 })
    const bearer = { kind: 'bearer', refusals: [], authenticate: () => Promise.resolve({ user: {} }) } as const
    const security = { Login: bearer, Known: bearer }
    elsewhere = await startSample(parseContract(named), { read: none, login: none }, { security })
  })
  afterAll(() => elsewhere.close())

  test('may ask exactly these, and who issues tokens', async () => {
    const { headers } = await send(elsewhere.port, { path: '/docs' })
    const [rule = ''] = /connect-src [^;]*/.exec(String(headers['content-security-policy'])) ?? []
    expect(rule.split(' ').slice(1).sort()).toEqual(
      [
        "'self'",
        'https://api.example.com/v1/',
        'cdn.example.com/',
        'https://eu.example.com/a%3Bb/',
        'https://us.example.com/a%3Bb/',
        'https://things.example.com/',
        'https://auth.example.com/token',
        'https://id.example.com/.well-known/openid-configuration'
      ].sort()
    )
  })

  test('has this server first, relative to its document, and then the others as they are written', async () => {
    const { json } = await send(elsewhere.port, { path: '/docs/openapi.json' })
    const own = { description: 'The server that this page comes from' }
    expect(json).toMatchObject({
      servers: [
        { url: '../v1', ...own },
        { url: '../', ...own },
        { url: '../a;b', ...own },
        { url: 'https://api.example.com/v1', description: 'Real' },
        { url: '//cdn.example.com' },
        { url: 'https://{region}.example.com:{port}/a;b' },
        { url: 'ftp://example.com/' }
      ],
      paths: { '/things': { get: { servers: [{ url: '../', ...own }, { url: 'https://things.example.com/' }] } } },
      components: {
        securitySchemes: {
          Login: {
            flows: {
              password: { tokenUrl: '../v1/token' },
              clientCredentials: { tokenUrl: 'https://auth.example.com/token?tenant=1' }
            }
          }
        }
      }
    })
    expect(JSON.stringify(json)).toContain('{"url":"https://called.example.com"}')
  })

  test('has the file to which a login elsewhere comes back, and its title as it is written', async () => {
    expect((await send(elsewhere.port, { path: '/docs/oauth2-redirect.html' })).status).toBe(200)
    expect((await send(elsewhere.port, { path: '/docs/oauth2-redirect.js' })).status).toBe(200)
    expect((await send(server.port, { path: '/docs/oauth2-redirect.html' })).status).toBe(404)
    const { text } = await send(elsewhere.port, { path: '/docs' })
    expect(text).toContain('<title>&#60;b&#62;&#38;Co $&#38; &#34;x&#34;</title>')
  })
})

test('the page of a contract that names no server asks the root of this one', async () => {
  const none = await startSample(parseContract("openapi: 3.1.0\ninfo: { title: None, version: '1' }\npaths: {}\n"), {})
  const { json } = await send(none.port, { path: '/docs/openapi.json' })
  await none.close()
  expect(json).toMatchObject({ servers: [{ url: '../' }] })
})
