import { readFileSync } from 'node:fs'
import { parseContract } from '../../src/contract/index.js'
import { handlers } from '../../src/operations/index.js'
import { problems } from '../../src/services.js'

/** The project's contract as it is written. */
export const contractText = readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8')

/** What the project's own server is made of, without its services; without a database these are its words. */
export const project = { contract: parseContract(contractText), handlers, problems }
