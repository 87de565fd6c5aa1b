import { afterAll, expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, type Running, scriptArgs } from '../support/process.js'

const folder = mkdtempSync(join(tmpdir(), 'mock-'))
const file = join(folder, 'things.yaml')

const contract = (minimum: number): string => `openapi: 3.1.0
info: { title: Things, version: '1' }
paths:
  /things/{id}:
    get:
      operationId: readThing
      security: [{ key: [] }]
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        '200':
          description: A thing
          content: { application/json: { schema: { type: integer, minimum: ${minimum} } } }
        '401': { $ref: '#/components/responses/Problem' }
        '422': { $ref: '#/components/responses/Problem' }
        '500': { $ref: '#/components/responses/Problem' }
components:
  securitySchemes: { key: { type: apiKey, in: query, name: key } }
  responses:
    Problem: { description: A problem, content: { application/problem+json: {} } }
`

const started: Running[] = []

const mock = (...args: string[]): Running => {
  const environment = { HOST: '127.0.0.1', PORT: '0' }
  const running = run(process.execPath, scriptArgs('scripts/mock.ts', ...args), environment)
  started.push(running)
  return running
}

afterAll(async () => {
  await Promise.all(started.map(one => one.stop()))
  rmSync(folder, { recursive: true })
})

test('a contract is served with no code, and each save of it', async () => {
  writeFileSync(file, contract(5))
  const server = mock(file)
  const [, url = ''] = await server.until(/Listening on (\S+)\n/)
  const ask = async (path: string, headers: Record<string, string> = {}): Promise<unknown[]> => {
    const response = await fetch(`${url}${path}`, { headers })
    return [response.status, response.headers.get('x-mock'), await response.json()]
  }
  const problem = { type: 'about:blank' }
  expect(await ask('/things/1?key=k')).toEqual([200, 'true', 5])
  expect(await ask('/things/1')).toMatchObject([
    401,
    'true',
    { ...problem, detail: 'Send a key as the query parameter key.' }
  ])
  expect(await ask('/things/x?key=k')).toMatchObject([422, 'true', { ...problem, errors: [{ parameter: 'id' }] }])
  expect(await ask('/things/1?key=k', { prefer: 'code=204' })).toMatchObject([404, 'true', { ...problem, status: 404 }])
  expect(await ask('/things/1?key=k', { accept: 'text/csv' })).toMatchObject([406, 'true', { ...problem, status: 406 }])
  expect(await ask('/nothing')).toMatchObject([404, null, { ...problem, status: 404 }])

  writeFileSync(file, contract(6))
  await server.until(/things\.yaml swapped\n/)
  expect(await ask('/things/1?key=k')).toEqual([200, 'true', 6])
})

test.each([
  ['is given', [], /^Usage: npm run mock -- FILE\n$/],
  ['is there', ['nothing.yaml'], /^nothing\.yaml can't be read: ENOENT.*\n$/]
])('if no file %s, it says so and ends', async (_what, args, message) => {
  const ended = mock(...args)
  expect((await ended.ended).code).toBe(1)
  expect(ended.errors()).toMatch(message)
})
