import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { send } from '../../scripts/contract-tests/client.js'
import { startChapter } from './chapter.js'
import type { TestServer } from '../support/server.js'

interface Case {
  readonly id: string
  readonly request: { method: string; path: string; headers: [string, string][]; body: string | null }
  readonly response: { status: number; headers: Record<string, string>; json: unknown }
}

const cases = JSON.parse(readFileSync(new URL('./parity.json', import.meta.url), 'utf8')) as Case[]

interface Entry {
  readonly loc: unknown[]
  readonly msg: string
  readonly ctx?: { readonly pattern?: string }
}

// Two things may differ in a 422: the order of its entries, and how the pattern is written.
const comparable = (status: number, json: unknown): unknown => {
  if (status !== 422) return json
  const { detail } = json as { detail: Entry[] }
  const entries = detail.map(entry => JSON.stringify(entry).replaceAll('^password$', 'password'))
  return entries.sort()
}

describe("the chapter's own application answered the same", () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startChapter()
  })
  afterAll(() => server.close())

  test('there are 68 cases', () => {
    expect(cases).toHaveLength(68)
  })

  test.each(cases.map(one => [one.id, one] as const))('%s', async (_id, { request, response }) => {
    const { method, path, headers, body } = request
    const sent = {
      method,
      path,
      headers: Object.fromEntries(headers),
      body: body === null ? null : Buffer.from(body, 'latin1')
    }
    const answer = await send(server.port, sent)
    expect(answer.status).toBe(response.status)
    expect(comparable(answer.status, answer.json ?? null)).toEqual(comparable(response.status, response.json))
    expect(answer.headers['content-type']).toBe(response.headers['content-type'])
    expect(answer.headers['www-authenticate']).toBe(response.headers['www-authenticate'])
    expect(answer.headers.allow).toBe(response.headers['allow'])
    expect(server.log).toEqual([])
  })
})
