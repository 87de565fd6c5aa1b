/** The tests that the contract writes, on an API with state that strangers might have written. */
import { describe, expect, test } from '@jest/globals'
import { parseContract } from '../../src/contract/index.js'
import type { SuiteOptions } from '../../scripts/contract-tests/operation-suite.js'
import { contractSuite } from '../../scripts/contract-tests/suite.js'
import { targetAt } from '../../scripts/contract-tests/target.js'
import { ContractViolation } from '../../scripts/contract-tests/violation.js'
import { missedLines } from '../../scripts/contract-tests/coverage-report.js'
import { lintFindings } from '../../scripts/lint-contract/rules.js'
import { type NotesFault, NotesServer, notesText } from './notes-server.js'

const contract = parseContract(notesText)
const credentials = { johndoe: { apiKey: 's3cret' } }

/** What the tests of a contract find in a notes server, and what they leave out. */
const outcome = async (server: NotesServer, options: Partial<SuiteOptions> = {}) => {
  const target = targetAt(await server.listen())
  try {
    const suite = contractSuite({ contract, target, credentials, runs: 40, seed: 1, ...options })
    const found: string[] = []
    for (const { operation, name, run } of suite.tests) {
      await run().catch((error: unknown) => {
        if (!(error instanceof ContractViolation)) throw error
        found.push(`${operation}: ${name}\n${error.message}`)
      })
    }
    return { found, missed: missedLines(contract, suite.coverage), leftOut: suite.coverage.leftOut, suite }
  } finally {
    target.close()
    server.close()
  }
}

const withReset = (server: NotesServer) => ({
  reset: () => {
    server.reset()
    return Promise.resolve()
  }
})

describe('an API with state', () => {
  test('has a contract that breaks no rule', async () => {
    expect(await lintFindings(contract)).toEqual([])
  })

  test('shows one answer to a request that has nothing in it, and not two', async () => {
    const [first, second] = [
      'examples: { healthy: {',
      'examples: { sick: { value: { status: up, seconds: 0 } }, healthy: {'
    ]
    const findings = await lintFindings(parseContract(notesText.replace(first, second)))
    expect(findings.map(({ rule }) => rule)).toEqual(['contract/example-partner', 'contract/example-partner'])
  })

  test('is tried in all its parts, and is right', async () => {
    const server = new NotesServer()
    const { found, missed, leftOut } = await outcome(server, withReset(server))
    expect({ found, missed, leftOut }).toEqual({ found: [], missed: [], leftOut: [] })
    expect(server.changes.filter(change => change === 'DELETE /notes/first').length).toBeGreaterThan(2)
  })

  test.each<[NotesFault, where: string, what: RegExp]>([
    ['ids are numbers', 'GET /notes', /The body at `\/0\/id` breaks `type string`/],
    ['create answers 200', 'POST /notes', /The example `tea` is answered 200, not 201/],
    ['create without Location', 'POST /notes', /The answer has no header `Location`/],
    ['other text', 'POST /notes', /another body than .* at `\/text`/],
    ['list without the first', 'GET /notes', /The example `one` is answered with another body/],
    ['any key', 'GET /notes', /These credentials are answered 200, not 401/],
    ['empty text', 'POST /notes', /A request that breaks `minLength 1` of text is answered 201, not 400/],
    ['delete needs nothing', 'DELETE /notes/{id}', /The example `first` is answered 202, not 204/],
    ['crash on unknown ids', 'GET /notes/{id}', /A valid request is answered 500/],
    ['undated', 'GET /notes/{id}', /The body at `\/createdAt` breaks `format date-time`/]
  ])('is found out: %s', async (fault, where, what) => {
    const server = new NotesServer(fault)
    const { found } = await outcome(server, withReset(server))
    expect(found.filter(one => one.startsWith(`${where}: `) && what.test(one))).not.toEqual([])
  })
})

describe('where nothing puts back what requests change', () => {
  test('each change is made once, after all that changes nothing, first creating, last deleting', async () => {
    const server = new NotesServer()
    const { found, missed, leftOut } = await outcome(server, { isSparing: true })
    expect({ found, missed }).toEqual({ found: [], missed: [] })
    expect(server.changes).toEqual(['POST /notes', 'DELETE /notes/first'])
    const why = 'nothing puts back what it changes (name what does in CONTRACT_RESET)'
    expect(leftOut).toEqual(
      [
        'POST /notes random valid requests',
        'DELETE /notes/{id} random valid requests',
        '/health other methods than GET',
        '/notes other methods than GET',
        '/notes/{id} other methods than GET'
      ].map(what => ({ what, why }))
    )
  })

  test('what is read is held to its schema once more after something was created', async () => {
    const { suite } = await outcome(new NotesServer(), { isSparing: true })
    const order = suite.tests.map(({ operation, name }) => `${operation}: ${name}`)
    const at = (start: string): number => order.findIndex(one => one.startsWith(start))
    const again = at('GET /notes: is answered as declared after something was created')
    expect(again).toBeGreaterThan(at('POST /notes: the example tea'))
    expect(again).toBeLessThan(at('DELETE /notes/{id}: the example first'))
  })
})

describe('where nobody can ask', () => {
  test('nothing is wrong, but what was left out is said', async () => {
    const { found, missed, leftOut } = await outcome(new NotesServer(), { credentials: {} })
    expect({ found, missed }).toEqual({ found: [], missed: [] })
    expect(leftOut).toContainEqual({
      what: 'GET /notes 200 application/json one',
      why: 'nobody can ask it: say who it is in test/seed.ts, or in CONTRACT_USERS'
    })
  })
})
