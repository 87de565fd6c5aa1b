import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The ways in which the notes server can break its contract. */
export type NotesFault =
  | 'ids are numbers'
  | 'create answers 200'
  | 'create without Location'
  | 'other text'
  | 'list without the first'
  | 'any key'
  | 'empty text'
  | 'delete needs nothing'
  | 'crash on unknown ids'
  | 'undated'

interface Note {
  readonly id: unknown
  readonly text: string
  readonly createdAt?: string
}

interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

const problem = (status: number, title: string, headers = {}): Answer => ({ status, body: { title }, headers })
const challenge = { 'WWW-Authenticate': 'ApiKey' }

const readJson = async (request: IncomingMessage): Promise<unknown> => {
  let text = ''
  for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString()
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isDraft = (draft: unknown): draft is { text: string } => {
  const text: unknown = typeof draft === 'object' && draft !== null ? Reflect.get(draft, 'text') : undefined
  return typeof text === 'string'
}

/** A server of notes in memory, as strangers write it: with ids of its own, an API key, and a state that requests change. */
export class NotesServer {
  readonly #fault: NotesFault | undefined
  readonly #notes = new Map<string, Note>()
  #last = 0
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch(() => response.writeHead(500).end())
  })
  /** The methods and paths of all requests that changed something. */
  readonly changes: string[] = []
  /** How many times it was reset. */
  resets = 0

  constructor(fault?: NotesFault) {
    this.#fault = fault
    this.reset()
  }

  /** Puts back the only note that is there at the start. */
  reset(): void {
    this.resets++
    this.#notes.clear()
    this.#add('buy milk', 'first')
  }

  async listen(): Promise<string> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  #add(text: string, id = `n${++this.#last}-${Date.now()}`): Note {
    const written = this.#fault === 'other text' && id !== 'first' ? text.toUpperCase() : text
    const created = this.#fault === 'undated' ? 'just now' : new Date().toISOString()
    const note = { id: this.#fault === 'ids are numbers' ? this.#last : id, text: written, createdAt: created }
    this.#notes.set(id, note)
    return note
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const { method = '', url = '' } = request
    const [path = ''] = url.split('?')
    const id = /^\/notes\/([^/]+)$/.exec(path)?.[1]
    if (path === '/reset') {
      this.reset()
      return { status: 204 }
    }
    const allowed =
      path === '/health' ? ['GET'] : path === '/notes' ? ['GET', 'POST'] : id === undefined ? [] : ['GET', 'DELETE']
    if (allowed.length === 0) return problem(404, 'Not Found')
    if (!allowed.includes(method)) return problem(405, 'Method Not Allowed', { Allow: allowed.join(', ') })
    if (path === '/health') return { status: 200, body: { status: 'up', seconds: process.uptime() } }

    const key = request.headers['x-api-key']
    if (this.#fault === 'any key' ? key === undefined : key !== 's3cret') return problem(401, 'Unauthorized', challenge)
    if (id !== undefined) return this.#one(method, decodeURIComponent(id))
    if (method === 'GET')
      return { status: 200, body: [...this.#notes.values()].slice(this.#fault === 'list without the first' ? 1 : 0) }
    const draft = request.headers['content-type'] === 'application/json' ? await readJson(request) : undefined
    if (!isDraft(draft) || (draft.text === '' && this.#fault !== 'empty text')) return problem(400, 'Bad Request')
    const note = this.#add(draft.text)
    this.changes.push('POST /notes')
    const location = this.#fault === 'create without Location' ? {} : { Location: `/notes/${String(note.id)}` }
    return { status: this.#fault === 'create answers 200' ? 200 : 201, body: note, headers: location }
  }

  #one(method: string, id: string): Answer {
    const note = this.#notes.get(id)
    if (!note) {
      if (this.#fault === 'crash on unknown ids') throw new Error('unknown')
      return problem(404, 'Not Found')
    }
    if (method === 'GET') return { status: 200, body: note }
    this.#notes.delete(id)
    this.changes.push(`DELETE /notes/${id}`)
    return { status: this.#fault === 'delete needs nothing' ? 202 : 204 }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body, headers = {} } = await this.#answer(request)
    request.resume()
    const isProblem = status >= 400
    const type = { 'Content-Type': isProblem ? 'application/problem+json' : 'application/json' }
    response.writeHead(status, { ...headers, ...(body !== undefined && type) })
    response.end(body === undefined ? undefined : JSON.stringify(body))
  }
}

const problemOf = (description: string, example: string, title: string): string =>
  `{ description: ${description}, content: { application/problem+json: { schema: { $ref: '#/components/schemas/Problem' }, examples: { ${example}: { value: { title: ${title} } } } } } }`

/** What it says of itself. */
export const notesText = `openapi: 3.1.0
info: { title: Notes, version: '1' }
tags: [{ name: notes, description: Short texts. }]
paths:
  /health:
    get:
      operationId: readHealth
      tags: [notes]
      summary: Is it up?
      description: Answers as long as it is up.
      security: []
      responses:
        '200':
          description: It is up.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Health' }
              examples: { healthy: { value: { status: up, seconds: 7 }, x-varies: true } }
  /notes:
    get:
      operationId: listNotes
      tags: [notes]
      summary: List
      description: Lists all notes.
      security: [{ Key: [] }]
      responses:
        '200':
          description: All notes.
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Note' } }
              examples: { one: { value: [{ id: a1, text: buy milk, createdAt: '2026-01-01T00:00:00Z' }] } }
        '401': { $ref: '#/components/responses/Unauthorized' }
    post:
      operationId: createNote
      tags: [notes]
      summary: Create
      description: Creates a note.
      security: [{ Key: [] }]
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Draft' }
            examples: { tea: { value: { text: buy tea } }, empty: { value: { text: '' } } }
      responses:
        '201':
          description: Created.
          headers: { Location: { description: Where it is., required: true, schema: { type: string, format: uri-reference } } }
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Note' }
              examples: { tea: { value: { id: a2, text: buy tea, createdAt: '2026-01-01T00:00:00Z' } } }
        '400': ${problemOf('Not a note.', 'empty', 'Bad Request')}
        '401': { $ref: '#/components/responses/Unauthorized' }
  /notes/{id}:
    parameters:
      - name: id
        in: path
        required: true
        description: Which.
        schema: { type: string }
        examples: { first: { value: first }, unknown: { value: none } }
    get:
      operationId: readNote
      tags: [notes]
      summary: Read
      description: Reads a note.
      security: [{ Key: [] }]
      responses:
        '200':
          description: The note.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Note' }
              examples: { first: { value: { id: first, text: buy milk, createdAt: '2026-01-01T00:00:00Z' } } }
        '401': { $ref: '#/components/responses/Unauthorized' }
        '404': { $ref: '#/components/responses/NotFound' }
    delete:
      operationId: deleteNote
      tags: [notes]
      summary: Delete
      description: Deletes a note.
      security: [{ Key: [] }]
      responses:
        '204': { description: Deleted. }
        '401': { $ref: '#/components/responses/Unauthorized' }
        '404': { $ref: '#/components/responses/NotFound' }
components:
  securitySchemes:
    Key: { type: apiKey, in: header, name: X-API-Key }
  responses:
    Unauthorized:
      description: No key, or nobody's.
      headers: { WWW-Authenticate: { description: How., required: true, schema: { type: string, const: ApiKey } } }
      content:
        application/problem+json:
          schema: { $ref: '#/components/schemas/Problem' }
          examples: { noToken: { value: { title: Unauthorized } } }
    NotFound: ${problemOf('No such note.', 'unknown', 'Not Found')}
  schemas:
    Health:
      type: object
      required: [status, seconds]
      properties: { status: { type: string, const: up }, seconds: { type: number } }
    Draft: { type: object, required: [text], properties: { text: { type: string, minLength: 1 } } }
    Note:
      allOf:
        - $ref: '#/components/schemas/Stored'
        - $ref: '#/components/schemas/Draft'
    Stored:
      type: object
      required: [id, createdAt]
      properties: { id: { type: string, readOnly: true }, createdAt: { type: string, format: date-time, readOnly: true } }
    Problem: { type: object, required: [title], properties: { title: { type: string } } }
`
