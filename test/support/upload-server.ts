import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { ReceivedFile } from '../../src/contract/index.js'
import { sampleContract, serverAnswers, startSample } from './sample.js'

/** A server for a process of its own: it takes uploads, and says what was in them and what memory it has. */
const answers = `responses: { '200': { description: Fine, content: { application/json: { schema: {} } } }, ${serverAnswers} }`
const operation = (path: string, content: string): string => `
  /${path}: { post: { operationId: ${path}, security: [], requestBody: { content: { ${content} } }, ${answers} } }`

const file = 'multipart/form-data: { schema: { type: object, properties: { file: {} } } }'
const contract = sampleContract(
  `${operation('stream', "'*/*': {}")}${operation('files', file)}
  /memory: { get: { operationId: memory, security: [], ${answers} } }`
)

const digestOf = async (stream: Readable): Promise<string> => {
  const hash = createHash('sha256')
  for await (const chunk of stream as AsyncIterable<Buffer>) hash.update(chunk)
  return hash.digest('hex')
}

const { port } = await startSample(contract, {
  stream: async ({ body }) => ({ status: 200, body: await digestOf(body as Readable) }),
  files: async ({ files }) => {
    for await (const { stream } of files as AsyncIterable<ReceivedFile>) {
      return { status: 200, body: await digestOf(stream) }
    }
    return { status: 200, body: 'none' }
  },
  memory: () => Promise.resolve({ status: 200, body: process.memoryUsage.rss() })
})
process.stdout.write(`Listening on port ${port}\n`)
