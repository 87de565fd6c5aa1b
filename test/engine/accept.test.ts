/** Which of several media types a client gets (RFC 9110 §12.5.1). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Readable } from 'node:stream'
import { operationsOf, type Reply } from '../../src/contract/index.js'
import { acceptable } from '../../src/contract/serve/accept.js'
import { ownStatuses } from '../../src/contract/checks/own-statuses.js'
import { problemDetails } from '../../src/http/problem-details.js'
import { send } from '../../scripts/contract-tests/client.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

test.each<[accept: string | undefined, taken: string]>([
  [undefined, 'json csv html'],
  ['', 'json csv html'],
  ['*/*', 'json csv html'],
  ['text/*', 'csv html'],
  ['TEXT/CSV', 'csv'],
  ['text/csv, */*', 'csv json html'],
  ['text/csv;q=0.5, application/json;q=0.4', 'csv json'],
  ['text/csv;q=0, */*', 'json html'],
  ['text/*;q=0.3, text/html;q=0.7, */*;q=0.5', 'html json csv'],
  ['*/*;q=0, text/html', 'html'],
  ['application/json;q=0.001', 'json'],
  ['*/*;q=0', ''],
  ['image/png', ''],
  ['text/csv; charset=utf-8', 'csv'],
  ['text/csv; charset="UTF-8"; q=1.000', 'csv'],
  ['text/csv;header=present', ''],
  ['text/csv;x="a,b";q=0.1, text/html', 'html'],
  ['text/csv ; q = 0.2 , text/html', 'html csv'],
  ['*; q=.2, */*; q=.2', 'json csv html'], // of an old client
  ['text', 'json csv html'],
  ['text/csv;q=2, text/html', 'html'],
  ['text/csv;q=0.1234, text/html', 'html'],
  ['text/csv;q=x, text/html', 'html'],
  ['*/csv, text/html', 'html'],
  [',, ;, text/html,', 'html'],
  ['"', 'json csv html']
])('`Accept: %s` takes %s', (accept, taken) => {
  const offered = ['application/json', 'text/csv', 'text/html']
  expect(acceptable(accept, offered).map(name => name.split('/')[1])).toEqual(
    taken.split(' ').filter(one => one !== '')
  )
})

test('the most specific range says how much each is wanted (the example of RFC 9110 §12.5.1)', () => {
  const accept = 'text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5'
  const offered = [
    'text/html',
    'text/plain;format=fixed',
    'image/jpeg',
    'text/plain',
    'text/html;level=3',
    'text/plain;format=flowed'
  ]
  expect(acceptable(accept, offered)).toEqual([
    'text/plain;format=flowed',
    'text/plain',
    'image/jpeg',
    'text/plain;format=fixed',
    'text/html',
    'text/html;level=3'
  ])
})

test('what a hostile client sends takes no time', () => {
  const began = performance.now()
  for (const part of [' ', ';', ';a', ';a=b', 'a/b;', '"', '\\"', '*/*,', 'a/b;q="']) {
    acceptable(part.repeat(16_000 / part.length), ['text/csv'])
  }
  expect(performance.now() - began).toBeLessThan(1_000)
})

const contract = sampleContract(`
  /notes:
    get:
      operationId: readNotes
      security: []
      responses:
        '200':
          description: Notes
          headers: { Vary: { schema: { type: string } } }
          content:
            application/json: { schema: { type: array, items: { type: string } } }
            text/csv: { schema: { type: string } }
            image/*: {}
        ${serverAnswers.split(', ').join('\n        ')}
  /problems:
    get:
      operationId: readProblems
      security: []
      responses:
        '200': { description: x, content: { application/json: {}, text/csv: {} } }
        '406': { description: x, content: { application/problem+json: {} } }
  /one: { get: { operationId: readOne, security: [], responses: { '200': { description: x, content: { application/json: {} } } } } }`)

let server: TestServer
let made: string[] = []
let headers: Reply['headers']
beforeAll(async () => {
  const make = (name: string, body: unknown) => () => {
    made.push(name)
    return body
  }
  const several = () => ({
    'application/json': make('json', ['a']),
    'text/csv': make('csv', Promise.resolve('a')),
    'image/png': make('png', Readable.from([Buffer.from('png')])),
    'image/webp': make('webp', Buffer.from('webp'))
  })
  const operations = {
    readNotes: () => Promise.resolve({ status: 200, bodies: several(), ...(headers && { headers }) }),
    readProblems: () => Promise.resolve({ status: 200, mediaType: 'text/csv', body: 'a' }),
    readOne: () => Promise.resolve({ status: 200, body: 'a' })
  }
  server = await startSample(contract, operations)
})
afterAll(() => server.close())

const get = async (path: string, accept?: string) => {
  made = []
  return send(server.port, { path, headers: accept === undefined ? {} : { Accept: accept } })
}

describe('of what a handler offers', () => {
  test.each([
    [undefined, 'application/json', '["a"]', 'json'],
    ['text/csv', 'text/csv', 'a', 'csv'],
    ['text/html, text/*;q=0.1', 'text/csv', 'a', 'csv'],
    ['image/webp, image/png;q=0.9', 'image/webp', 'webp', 'webp'],
    ['image/*', 'image/png', 'png', 'png']
  ])('for `Accept: %s` %s leaves, and nothing else is made', async (accept, mediaType, text, name) => {
    const answer = await get('/notes', accept)
    expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([200, mediaType, text])
    expect(answer.headers.vary).toBe('Accept')
    expect(made).toEqual([name])
  })

  test('nothing fits: 406 in the words of the server, which say what there is', async () => {
    const { status, json, headers: sent } = await get('/notes', 'text/html')
    expect([status, json]).toEqual([406, { detail: 'There is only application/json, text/csv, image/png, image/webp' }])
    expect([made, sent.vary]).toEqual([[], 'Accept'])
  })

  test('what else the reply depends on stays said', async () => {
    headers = { Vary: 'Cookie' }
    expect((await get('/notes')).headers.vary).toBe('Cookie, Accept')
    headers = undefined
  })
})

test('a handler that chooses by itself is asked nothing', async () => {
  const { status, headers: sent } = await get('/problems', 'application/json')
  expect([status, sent['content-type'], sent.vary]).toEqual([200, 'text/csv', undefined])
})

test('where there is only one, it leaves whatever is asked for', async () => {
  const { status, headers: sent } = await get('/one', 'text/html')
  expect([status, sent['content-type'], sent.vary]).toEqual([200, 'application/json', undefined])
})

test('a 406 is in the words that the contract declares for it', async () => {
  const bodies = { 'application/json': () => 1 }
  const other = await startSample(
    contract,
    {
      readNotes: () => Promise.resolve({ status: 200 }),
      readOne: () => Promise.resolve({ status: 200 }),
      readProblems: () => Promise.resolve({ status: 200, bodies })
    },
    {
      problems: {
        mediaType: 'application/json',
        body: () => 'no',
        undeclaredMediaType: 'refused',
        emptyFormField: 'text',
        others: [problemDetails]
      }
    }
  )
  const {
    status,
    headers: sent,
    json
  } = await send(other.port, { path: '/problems', headers: { Accept: 'text/html' } })
  await other.close()
  expect([status, sent['content-type']]).toEqual([406, 'application/problem+json'])
  expect(json).toMatchObject({ title: 'Not Acceptable', detail: 'There is only application/json' })
})

test('what is offered and is not declared is a 500', async () => {
  const other = await startSample(contract, {
    readNotes: () => Promise.resolve({ status: 200, bodies: { 'text/html': () => 'a' } }),
    readOne: () => Promise.resolve({ status: 200 }),
    readProblems: () => Promise.resolve({ status: 200 })
  })
  expect((await send(other.port, { path: '/notes' })).status).toBe(500)
  await other.close()
})

test('the 406 is known as a reply of the server itself, where there are several successes', () => {
  const code = { operations: {}, security: {} }
  const known = operationsOf(contract).map(one => ownStatuses(contract, one, code).some(({ status }) => status === 406))
  expect(known).toEqual([true, true, false])
})
