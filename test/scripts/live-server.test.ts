import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createLiveServer, type LiveServer } from '../../scripts/dev/live-server.js'
import { send } from '../../scripts/contract-tests/client.js'
import { keepLog } from '../support/keep-log.js'
import { detailProblems, logIn, loginHandlers, loginText, readMe } from '../support/login.js'

let live: LiveServer
let port: number
const { log } = keepLog()
beforeAll(async () => {
  live = createLiveServer({
    handlers: loginHandlers,
    problems: detailProblems,
    services: {},
    log
  })
  live.server.listen(0, '127.0.0.1')
  await once(live.server, 'listening')
  port = (live.server.address() as AddressInfo).port
})
afterAll(() => {
  live.server.close()
  live.server.closeAllConnections()
})

const edited = (...edits: readonly (readonly [string, string])[]): string =>
  edits.reduce((text, [from, to]) => {
    expect(text).toContain(from)
    return text.replace(from, to)
  }, loginText)

const place = (needle: string, text = loginText, from = 0): string => {
  const before = text.slice(0, text.indexOf(needle, from)).split('\n')
  return `openapi.yaml:${before.length}:${(before.at(-1) ?? '').length + 1}`
}

test('before the first good contract, the answer is a 503', async () => {
  expect((await readMe(port, 'johndoe')).status).toBe(503)
})

describe('a swap', () => {
  beforeEach(() => {
    live.swap(loginText)
  })
  const johndoe = 'username=johndoe&password=secret'

  test('changes validation, routing, security, replies and what the page shows, in the running process', async () => {
    live.swap(
      edited(
        ['required: [username, password]', 'required: [grant_type, username, password]'],
        ['  /users/me:', '  /users/self:'],
        ['        - OAuth2PasswordBearer: []', '        - OAuth2PasswordBearer: []\n        - {}'],
        ["schema: { $ref: '#/components/schemas/Token' }", 'schema: { type: object, properties: { token_type: {} } }']
      )
    )
    expect((await logIn(port, johndoe)).status).toBe(422)
    expect((await readMe(port, 'johndoe')).status).toBe(404)
    const self = (headers: Record<string, string>) => send(port, { path: '/users/self', headers })
    expect((await self({ Authorization: 'Bearer johndoe' })).status).toBe(200)
    expect((await self({})).text).toContain('breaks the contract') // let in, but as nobody: there is no user to show
    const token = await logIn(port, `grant_type=password&${johndoe}`)
    expect(token.text).toContain("`/access_token`, which isn't declared")
    const { json } = await send(port, { path: '/openapi.json' })
    expect(Object.keys((json as { paths: object }).paths)).toEqual(['/token', '/users/self'])
  })

  test('that cannot be served says why, and leaves the last good contract', async () => {
    const broken = edited([
      "$ref: '#/components/requestBodies/PasswordGrant'",
      "$ref: '#/components/requestBodies/Nothing'"
    ])
    expect(() => live.swap(broken)).toThrow(/^openapi\.yaml:\d+:\d+ .*leads to nothing/)
    expect((await logIn(port, johndoe)).status).toBe(200)
  })

  test('50 times under load fails no request', async () => {
    const other = edited(['required: [username, password]', 'required: [username, password, grant_type]'])
    let swapping = true
    const answers = { right: 0, wrong: [] as string[] }
    const client = async (): Promise<void> => {
      while (swapping) {
        const [me, token] = await Promise.all([readMe(port, 'johndoe'), logIn(port, `grant_type=password&${johndoe}`)])
        for (const { status, text } of [me, token]) {
          if (status === 200) answers.right += 1
          else answers.wrong.push(text)
        }
      }
    }
    const clients = [client(), client(), client(), client()]
    for (let i = 0; i < 50; i += 1) {
      live.swap(i % 2 === 0 ? other : loginText)
      for (const seen = answers.right; answers.right < seen + 4;) await new Promise(setImmediate)
    }
    swapping = false
    await Promise.all(clients)
    expect(answers.wrong).toEqual([])
    expect(answers.right).toBeGreaterThanOrEqual(200)
  })
})

describe('an operation without a handler', () => {
  const items = (answer: string): string =>
    edited([
      '\ncomponents:\n',
      `
  /users/me/items:
    get:
      operationId: readOwnItems
      security: [{ OAuth2PasswordBearer: [] }]
      responses:
        ${answer}
        '400': { $ref: '#/components/responses/InactiveUser' }
        '401': { $ref: '#/components/responses/Unauthorized' }
        '500': { description: An error, content: { application/json: { schema: { $ref: '#/components/schemas/HTTPError' } } } }
components:
`
    ])
  const schema =
    'schema: { type: array, items: { type: object, properties: { item_id: { type: string }, n: { type: integer } } } }'
  const ask = () => send(port, { path: '/users/me/items', headers: { Authorization: 'Bearer johndoe' } })

  test('is answered from its example, and says so', async () => {
    live.swap(
      items(
        `'200': { description: Items, content: { application/json: { ${schema}, examples: { johndoe: { value: [{ item_id: Foo }] } } } } }`
      )
    )
    const answer = await ask()
    expect([answer.status, answer.json, answer.headers['x-mock']]).toEqual([200, [{ item_id: 'Foo' }], 'true'])
  })

  test('is answered from its schema, if it has no example', async () => {
    live.swap(items(`'200': { description: Items, content: { application/json: { ${schema} } } }`))
    const answer = await ask()
    expect([answer.status, answer.headers['x-mock']]).toEqual([200, 'true'])
    expect(answer.json).toEqual([{ item_id: expect.any(String) as unknown, n: expect.any(Number) as unknown }])
  })

  test.each([
    [
      'a schema of several types',
      "'200': { description: Items, content: { application/json: { schema: { type: [object, 'null'], properties: { a: { type: [string, 'null'] } } } } } }",
      200
    ],
    ['no content', "'202': { description: Accepted }", 202],
    [
      'a required header',
      "'200': { description: Items, headers: { X-Total: { required: true, schema: { type: integer } } }, content: { application/json: { schema: { type: array, items: {} } } } }",
      200
    ]
  ])('is answered where there is %s', async (_name, declared, status) => {
    live.swap(items(declared))
    const answer = await ask()
    expect([answer.status, answer.headers['x-mock']]).toEqual([status, 'true'])
  })

  test('that cannot be mocked is told what it lacks', async () => {
    live.swap(
      items(
        "'200': { description: Items, content: { application/json: { schema: { $ref: '#/components/schemas/Tree' } } } }"
      ).replace(
        '  schemas:\n',
        '  schemas:\n    Tree: { type: object, required: [below], properties: { below: { $ref: "#/components/schemas/Tree" } } }\n'
      )
    )
    expect((await ask()).text).toMatch(/openapi\.yaml:\d+:\d+/)
  })

  test('still asks for its security', async () => {
    live.swap(items(`'200': { description: Items, content: { application/json: { ${schema} } } }`))
    const answer = await send(port, { path: '/users/me/items' })
    expect([answer.status, answer.headers['x-mock']]).toEqual([401, 'true'])
  })
})

describe('a refused request is told the place of the rule that it broke', () => {
  beforeAll(() => {
    live.swap(loginText)
  })
  const form = loginText.indexOf('    PasswordGrantForm:')
  const johndoe = 'username=johndoe&password=secret'
  const x = 'x'.repeat(17_000)

  test.each<[string, () => ReturnType<typeof logIn>, number, string]>([
    ['a missing field', () => logIn(port, 'username=johndoe'), 422, place('required:', loginText, form)],
    ['a pattern', () => logIn(port, `${johndoe}&grant_type=code`), 422, place('pattern:', loginText, form)],
    [
      'a repeated field',
      () => logIn(port, `${johndoe}&username=alice`),
      422,
      place('type: string', loginText, loginText.indexOf('username:', form))
    ],
    ['a body that is too large', () => logIn(port, x), 413, place('PasswordGrant:')],
    [
      'a content coding',
      () => logIn(port, johndoe, { 'Content-Encoding': 'gzip' }),
      415,
      place('content:', loginText, loginText.indexOf('PasswordGrant:'))
    ],
    ['no token', () => send(port, { path: '/users/me' }), 401, place('OAuth2PasswordBearer: []')]
  ])('%s', async (_name, ask, status, where) => {
    const answer = await ask()
    expect([answer.status, answer.headers['x-contract']]).toEqual([status, where])
  })

  test('a request that is served is told nothing', async () => {
    expect((await readMe(port, 'johndoe')).headers['x-contract']).toBeUndefined()
  })
})
