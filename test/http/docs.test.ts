import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { send } from '../../scripts/contract-tests/client.js'
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
  for (const rule of rules) expect(rule).toMatch(/^[a-z-]+( ('self'|'none'|'unsafe-hashes'|data:|'sha256-[\w+/=]+'))+$/)
  expect(rules).toEqual(expect.arrayContaining(["default-src 'none'", "connect-src 'self'", "form-action 'none'"]))
})

test.each(['/openapi.json', '/openapi.yaml', '/docs'])('%s can be read and nothing else', async path => {
  for (const method of ['POST', 'DELETE', 'OPTIONS']) {
    const answer = await send(server.port, { method, path })
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD'])
  }
  const head = await send(server.port, { method: 'HEAD', path })
  expect([head.status, head.text]).toEqual([200, ''])
})

test.each([
  [{ Range: 'bytes=99999999-' }, 416],
  [{ 'If-Match': '"another"' }, 412]
])('a file asked for with %j is the fault of the client, and not logged', async (headers, status) => {
  const answer = await send(server.port, { path: '/docs/swagger-ui.css', headers: { ...headers } })
  expect([answer.status, server.log]).toEqual([status, []])
})
