import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseContract } from '../../../src/contract/index.js'
import { problemDetails } from '../../../src/http/problem-details.js'
import { handlers } from './handlers.js'

export const notesFile = fileURLToPath(new URL('openapi.yaml', import.meta.url))

/** What the server of notes is made of, without its services. */
export const notesApi = {
  contract: parseContract(readFileSync(notesFile, 'utf8')),
  handlers,
  problems: problemDetails
}
