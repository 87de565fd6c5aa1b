/** The tests that the contract writes, on an API with state that is served here, as `test/contract.test.ts` does it. */
import { expect, test } from '@jest/globals'
import type { Reply, SecurityRequest } from '../../src/contract/index.js'
import { missedLines } from '../../scripts/contract-tests/coverage-report.js'
import { exampleFindings } from '../../scripts/contract-tests/examples/example-findings.js'
import { renewable, type Seed } from '../../scripts/contract-tests/seed.js'
import { contractSuite } from '../../scripts/contract-tests/suite.js'
import { targetAt } from '../../scripts/contract-tests/target.js'
import { sampleContract, startSample } from '../support/sample.js'

const refusal = (status: number, detail: string, ...names: readonly string[]) => `
        '${status}':
          description: Refused
          headers: { WWW-Authenticate: { schema: { type: string } } }
          content:
            application/json:
              schema: { type: object, properties: { detail: {} } }
              examples: { ${names.map(name => `${name}: { value: { detail: ${detail} } }`).join(', ')} }`
const crash = refusal(500, 'Internal Server Error', 'unexpected')
const keyless = refusal(401, 'Not authenticated', 'noToken')
const unknown = refusal(404, 'Not found', 'unknown')
const invalid = (loc: string, msg: string, type: string) => `
        '422':
          description: Invalid
          content:
            application/json:
              schema: { type: object, properties: { detail: {} } }
              examples: { invalid: { x-varies: true, value: { detail: [{ loc: ${loc}, msg: ${msg}, type: ${type} }] } } }`

const contract = sampleContract(
  `
  /health:
    get:
      operationId: readHealth
      security: []
      responses:
        '200': { description: Up, content: { application/json: { schema: { type: string, const: up }, examples: { any: { value: up } } } } }${crash}
  /notes:
    get:
      operationId: listNotes
      security: [{ Key: [] }]
      responses:
        '200': { description: All, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Note' } }, examples: { all: { value: [{ id: 7, text: milk }] } } } } }${keyless}${crash}
    post:
      operationId: createNote
      security: [{ Key: [] }]
      requestBody:
        required: true
        content:
          application/json:
            schema: { type: object, required: [text], properties: { text: { type: string } } }
            examples: { tea: { value: { text: tea } }, invalid: { value: {} } }
      responses:
        '201':
          description: Created
          headers: { Location: { required: true, schema: { type: string } } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Note' }, examples: { tea: { value: { id: 8, text: tea } } } } }${keyless}${invalid('[body, text]', 'field required', 'value_error.missing')}${refusal(413, 'Content Too Large', 'tooLarge')}${refusal(415, 'Unsupported Media Type', 'compressed')}${crash}
  /notes/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: integer }, examples: { milk: { value: 1 }, unknown: { value: 99 }, invalid: { value: x } } }
    delete:
      operationId: deleteNote
      security: [{ Key: [] }]
      responses:
        '204': { description: Gone }${keyless}${unknown}${invalid('[path, id]', 'value is not a valid integer', 'type_error.integer')}${crash}`,
  `    Note: { type: object, required: [id, text], properties: { id: { type: integer, readOnly: true }, text: { type: string } } }
  securitySchemes: { Key: { type: apiKey, in: header, name: X-Key } }`
)

class Notes {
  readonly #notes = new Map<number, string>()

  add(text: string): { readonly id: number; readonly text: string } {
    const id = this.#notes.size + 1
    this.#notes.set(id, text)
    return { id, text }
  }

  all = () => [...this.#notes].map(([id, text]) => ({ id, text }))

  delete(id: number): boolean {
    return this.#notes.delete(id)
  }
}

const seed: Seed<{ readonly notes: Notes }> = {
  services: () => {
    const notes = new Notes()
    notes.add('milk')
    return { notes }
  },
  credentials: { ann: { apiKey: 's3cret' } }
}

test('an API with state passes in all its parts, each test beginning with the seed', async () => {
  const { services, renew: reset } = await renewable(seed)
  const { notes } = services
  const operations: Record<string, (request: Record<string, unknown>) => Promise<Reply>> = {
    readHealth: () => Promise.resolve({ status: 200, body: 'up' }),
    listNotes: () => Promise.resolve({ status: 200, body: notes.all() }),
    createNote: ({ body }) => {
      const note = notes.add((body as { text: string }).text)
      return Promise.resolve({ status: 201, headers: { Location: `/notes/${note.id}` }, body: note })
    },
    deleteNote: ({ params }) => {
      const isGone = notes.delete((params as { id: number }).id)
      return Promise.resolve(isGone ? { status: 204 } : { status: 404, body: { detail: 'Not found' } })
    }
  }
  const refused = { status: 401, detail: 'Not authenticated', headers: { 'WWW-Authenticate': 'Key' } }
  const Key = {
    kind: 'apiKey',
    refusals: [401],
    authenticate: ({ credentials }: SecurityRequest) =>
      Promise.resolve(credentials === 's3cret' ? { user: 'ann' } : { refusal: refused })
  }
  const fail = () => Promise.reject(new Error('something unexpected'))
  const failing = Object.fromEntries(Object.keys(operations).map(name => [name, fail]))
  const servers = await Promise.all([
    startSample(contract, operations, { security: { Key } }),
    startSample(contract, operations, { security: { Key: { ...Key, authenticate: fail } } }),
    startSample(contract, failing, { security: { Key } })
  ])
  const [target, security, handler] = servers.map(({ port }) => targetAt(`http://127.0.0.1:${port}`))
  if (!target || !security || !handler) throw new Error('there are three')
  try {
    const faulty = { security, handler }
    const { credentials } = seed
    const { tests, coverage } = contractSuite({ contract, target, faulty, credentials, reset, runs: 50, seed: 1 })
    const failed: string[] = []
    for (const { operation, name, run } of tests) {
      await run().catch((error: unknown) => failed.push(`${operation}: ${name}\n${String(error)}`))
    }
    expect(failed).toEqual([])
    expect([missedLines(contract, coverage), coverage.leftOut, await exampleFindings(contract)]).toEqual([[], [], []])
  } finally {
    for (const one of [target, security, handler]) one.close()
    await Promise.all(servers.map(server => server.close()))
  }
})
