/** The notes API as its clients use it: pages, versions, exports, events, limits. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Answer, send } from '../../../scripts/contract-tests/client.js'
import { renewable } from '../../../scripts/contract-tests/seed.js'
import { ask } from '../../support/raw-client.js'
import { startApp, type TestServer } from '../../support/server.js'
import { notesApi } from './notes-api.js'
import { createServices } from './services.js'

const folder = mkdtempSync(join(tmpdir(), 'attachments-'))
const { services, renew } = await renewable({ services: () => createServices(folder, 3) })

let server: TestServer
let Authorization: string
beforeAll(async () => {
  server = await startApp({ ...notesApi, services })
})
beforeEach(async () => {
  await renew()
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  const login = { method: 'POST', path: '/api/v1/token', headers, body: 'username=alice&password=wonderland' }
  Authorization = `Bearer ${((await send(server.port, login)).json as { access_token: string }).access_token}`
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const call = (method: string, path: string, headers: Record<string, string> = {}, body?: unknown): Promise<Answer> => {
  const sent = { method, path: `/api/v1${path}`, headers: { Authorization, ...headers } }
  const json = { 'Content-Type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json' }
  if (body === undefined) return send(server.port, sent)
  return send(server.port, { ...sent, headers: { ...json, ...sent.headers }, body: JSON.stringify(body) })
}

test('a list is read page by page, by the link to the next', async () => {
  const first = await call('GET', '/notes?limit=1')
  expect(first.json).toMatchObject({ notes: [{ id: 'milk' }], next: 'milk' })
  expect(first.headers['link']).toBe('<notes?limit=1&cursor=milk>; rel="next"')
  const second = await call('GET', '/notes?limit=1&cursor=milk')
  expect(second.json).toMatchObject({ notes: [{ id: 'tax' }] })
  expect(second.headers['link']).toBeUndefined()
  const filtered = await call(
    'GET',
    '/notes?tags=home,shop&filter%5Btext%5D=milk&filter%5BchangedSince%5D=2026-01-01T00:00:00Z'
  )
  expect(filtered.json).toMatchObject({ notes: [{ id: 'milk' }] })
})

describe('a note', () => {
  test('is created with an address and a version, and read by that address', async () => {
    const created = await call('POST', '/notes', {}, { text: 'Buy bread' })
    const { location = '', etag } = created.headers
    expect([created.status, location, etag]).toEqual([201, '/api/v1/notes/n1', '"1"'])
    const read = await call('GET', location.replace('/api/v1', ''))
    expect([read.status, read.headers.etag, read.json]).toEqual([200, '"1"', created.json])
  })

  test('is changed and deleted only as the version that its client has read', async () => {
    const changed = await call('PATCH', '/notes/milk', { 'If-Match': '"1"' }, { tags: null })
    expect([changed.status, changed.headers.etag]).toEqual([200, '"2"'])
    expect(changed.json).toMatchObject({ text: 'Buy milk', tags: [] })
    expect((await call('PUT', '/notes/milk', { 'If-Match': '"1"' }, { text: 'x' })).status).toBe(412)
    expect((await call('DELETE', '/notes/milk', { 'If-Match': '"1"' })).status).toBe(412)
    expect((await call('DELETE', '/notes/milk', { 'If-Match': '"2"' })).status).toBe(204)
    expect((await call('GET', '/notes/milk')).status).toBe(404)
  })

  test('is not sent again to whoever has it, and HEAD tells its length', async () => {
    const read = await call('GET', '/notes/milk')
    const unchanged = await call('GET', '/notes/milk', { 'If-None-Match': '"1"' })
    expect([unchanged.status, unchanged.text, unchanged.headers.etag]).toEqual([304, '', '"1"'])
    const head = await call('HEAD', '/notes/milk')
    expect([head.status, head.text, head.headers.etag]).toEqual([200, '', '"1"'])
    expect(head.headers['content-length']).toBe(String(Buffer.byteLength(read.text)))
  })
})

test('an export comes in what the client would rather have, or in nothing', async () => {
  const of = async (Accept: string) => {
    const { status, headers, text } = await call('GET', '/export', { Accept })
    return [status, headers['content-type'], headers.vary, text.split('\n')[0]?.trim()]
  }
  const line = '{"id":"milk","text":"Buy milk","tags":["home","shop"],"changed":"2026-01-02T03:04:05Z"}'
  expect(await of('text/csv')).toEqual([200, expect.stringContaining('text/csv'), 'Accept', 'id,text,tags,changed'])
  expect(await of('text/*;q=0.5, application/jsonl')).toEqual([200, expect.stringContaining('jsonl'), 'Accept', line])
  expect(await of('image/png')).toEqual([406, 'application/problem+json', 'Accept', expect.anything()])
})

test('events are those since the last that is known, and then each as it happens', async () => {
  await call('POST', '/notes', {}, { text: 'one' })
  await call('POST', '/notes', {}, { text: 'two' })
  const stream = await ask(server.port, '/api/v1/events', {
    headers: `Authorization: ${Authorization}\r\nLast-Event-ID: 3\r\n`
  })
  await stream.until(/event: created\nid: 4\ndata: \{"what":"created","note":"n2"\}/)
  await call('DELETE', '/notes/milk', { 'If-Match': '"1"' })
  await stream.until(/data: \{"what":"deleted","note":"milk"\}/)
  expect(stream.received()).not.toMatch(/id: [123]\n/)
  stream.socket.destroy()
})

test('who writes too much is told when there is room again', async () => {
  const statuses = []
  let last: Answer | undefined
  for (let written = 0; written < 4; written += 1) {
    last = await call('POST', '/notes', {}, { text: 'again' })
    statuses.push(last.status)
  }
  expect(statuses).toEqual([201, 201, 201, 429])
  expect(Number(last?.headers['retry-after'])).toBeGreaterThanOrEqual(1)
  expect(last?.headers['content-type']).toBe('application/problem+json')
})

test('a key lets a machine read, and nothing else', async () => {
  const key = { 'X-Key': 'k3y' }
  const statuses = ['GET /notes', 'GET /statistics', 'POST /notes'].map(async call => {
    const [method = '', path = ''] = call.split(' ')
    return (await send(server.port, { method, path: `/api/v1${path}`, headers: key })).status
  })
  expect(await Promise.all(statuses)).toEqual([200, 200, 401])
})
