/** The tests that a contract writes of replies in several media types, of streams of events, and of HEAD. */
import { expect, test } from '@jest/globals'
import type { Reply } from '../../src/contract/index.js'
import { missedLines } from '../../scripts/contract-tests/coverage-report.js'
import { contractSuite } from '../../scripts/contract-tests/suite.js'
import { targetAt } from '../../scripts/contract-tests/target.js'
import { sampleContract, startSample } from '../support/sample.js'

const refused = (status: number) =>
  `'${status}': { description: x, content: { application/json: { schema: { type: object, properties: { detail: { type: string } } } } } }`
const notes = `description: All, content: { application/json: { schema: { type: array, items: { type: integer } } }, text/csv: { schema: { type: string } }, image/*: {} }`
const contract = sampleContract(`
  /notes:
    get: { operationId: listNotes, security: [], responses: { '200': { ${notes} }, ${refused(406)}, ${refused(500)} } }
    head: { operationId: headNotes, security: [], responses: { '200': { description: All }, ${refused(406)}, ${refused(500)} } }
  /loose:
    get: { operationId: listLoosely, security: [], responses: { '200': { ${notes} }, ${refused(500)} } }
  /events:
    get: { operationId: readEvents, security: [], responses: { '200': { description: All, content: { text/event-stream: { schema: { type: object, properties: { a: {} } } } } }, ${refused(500)} } }`)

async function* endless(signal: AbortSignal) {
  yield { data: { a: 1 } }
  await new Promise(resolve => signal.addEventListener('abort', resolve))
}
const bodies = { 'application/json': () => [1], 'text/csv': () => '1', 'image/png': () => Buffer.from('1') }
const csv: Reply = { status: 200, mediaType: 'text/csv', body: '1' }

/** What fails of the tests of the contract, where notes are listed in some way; and what they haven't tried. */
const failures = async (listNotes: () => Promise<Reply>) => {
  const readEvents = ({ signal }: Record<string, unknown>) =>
    Promise.resolve({ status: 200, body: endless(signal as AbortSignal) })
  const operations = { listNotes, listLoosely: () => Promise.resolve(csv), readEvents }
  const fail = () => Promise.reject(new Error('something unexpected'))
  const failing = Object.fromEntries(Object.keys(operations).map(name => [name, fail]))
  const servers = await Promise.all([startSample(contract, operations), startSample(contract, failing)])
  const [target, handler] = servers.map(({ port }) => targetAt(`http://127.0.0.1:${port}`))
  if (!target || !handler) throw new Error('there are two')
  const { tests, coverage } = contractSuite({
    contract,
    target,
    faulty: { handler, security: target },
    runs: 5,
    seed: 1
  })
  const failed: string[] = []
  for (const { operation, name, run } of tests) {
    await run().catch((error: unknown) => failed.push(`${operation}: ${name}\n${String(error)}`))
  }
  target.close()
  handler.close()
  await Promise.all(servers.map(server => server.close()))
  return { failed, missed: missedLines(contract, coverage) }
}

test('a server that goes by Accept passes, and each media type is asked for', async () => {
  const { failed, missed } = await failures(() => Promise.resolve({ status: 200, bodies }))
  expect(failed).toEqual([])
  expect(missed.filter(line => line.includes('/notes'))).toEqual([])
})

test('one that does not, although it declares a 406, is told so', async () => {
  const { failed } = await failures(() => Promise.resolve(csv))
  expect(failed.map(text => text.split('\n', 1)[0])).toEqual([
    'GET /notes: 200 is in application/json for who accepts nothing else',
    'GET /notes: 200 is in image/* for who accepts nothing else',
    'GET /notes: 200 is nothing for who accepts none of its media types'
  ])
  expect(failed[0]).toContain('`Accept: application/json` is answered 200 in `text/csv`.')
})
