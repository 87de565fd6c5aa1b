import { readFileSync } from 'node:fs'
import type { AppOptions } from '../../src/app.js'
import { type Handlers, parseContract, type ReceivedFile } from '../../src/contract/index.js'
import { startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

/** A contract with one of each that a page has to try out, its server at `/v1`. */
export const notesText = readFileSync(new URL('notes.yaml', import.meta.url), 'utf8')

/** What can be downloaded: bytes that are no text. */
export const bytes = Buffer.from(Array.from({ length: 512 }, (_, index) => index % 256))

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64'
)

type Request = Record<string, unknown>
const answer = (body: unknown) => Promise.resolve({ status: 200, body })

async function* events(signal: AbortSignal) {
  yield { data: 'one' }
  yield { data: 'two' }
  await new Promise(resolve => signal.addEventListener('abort', resolve)) // and never ends
}

const operations = {
  login: ({ form }: Request) => {
    const { username, scope = '' } = form as Record<string, string>
    return answer({ access_token: `${username ?? ''}|${scope.replaceAll(' ', ',')}`, token_type: 'bearer', scope })
  },
  listNotes: ({ user, granted }: Request) => answer({ user, granted }),
  deleteNotes: ({ user }: Request) => answer({ user }),
  askAsMachine: ({ user }: Request) => answer({ user }),
  upload: async ({ form, files }: Request) => {
    const received: unknown[] = []
    for await (const { name, fileName, mediaType, stream } of files as AsyncIterable<ReceivedFile>) {
      const chunks: Buffer[] = []
      for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk)
      received.push({ name, fileName, mediaType, text: Buffer.concat(chunks).toString() })
    }
    return { status: 200, body: { form, received } }
  },
  download: () =>
    Promise.resolve({
      status: 200,
      headers: { 'Content-Disposition': 'attachment; filename="notes.bin"' },
      body: bytes
    }),
  picture: () => answer(picture),
  listen: ({ signal }: Request) => answer(events(signal as AbortSignal))
}

/** Whoever logs in has the scopes that were asked for; a key is whatever is sent as one. */
const key = {
  kind: 'apiKey',
  refusals: [401],
  authenticate: ({ credentials }: { readonly credentials: unknown }) =>
    Promise.resolve(credentials === undefined ? undefined : { user: credentials })
} as const

const security: Handlers<unknown>['security'] = {
  Login: {
    kind: 'bearer',
    refusals: [401],
    authenticate: ({ credentials }) => {
      const [user, scopes = ''] = typeof credentials === 'string' ? credentials.split('|') : []
      return Promise.resolve(user === undefined ? undefined : { user, granted: scopes.split(',').filter(Boolean) })
    }
  },
  HeaderKey: key,
  QueryKey: key
}

/** Starts a server of that contract, or of another with the same operations. */
export const startNotes = (options: Partial<AppOptions<unknown>> = {}, text = notesText): Promise<TestServer> =>
  startSample(parseContract(text), operations, { security, ...options })
