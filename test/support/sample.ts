import { type Contract, type Handlers, parseContract, type Reply } from '../../src/contract/index.js'
import type { AppOptions } from '../../src/app.js'
import { startApp, type TestServer } from './server.js'
import { detailProblems } from '../support/login.js'

type Operations = Record<string, (request: Record<string, unknown>) => Promise<Reply>>

/** A contract made of the YAML of some paths, with the answers that every operation needs. */
export const sampleContract = (paths: string, components = ''): Contract =>
  parseContract(`openapi: 3.1.0
info: { title: Sample, version: '1' }
paths:
${paths}
components:
  responses:
    Error:
      description: An error
      content: { application/json: { schema: { type: object, properties: { detail: {} } } } }
  schemas:
    Any: {}
${components}`)

/** The answers of the server's own, for the `responses` of a sample operation. */
export const serverAnswers = [400, 401, 413, 415, 422, 500]
  .map(status => `'${status}': { $ref: '#/components/responses/Error' }`)
  .join(', ')

/** A server of a sample contract, with handlers that the compiler knows nothing of. */
export const startSample = (
  contract: Contract,
  operations: Operations,
  { security = {}, ...options }: Partial<AppOptions<unknown>> & { security?: Handlers<unknown>['security'] } = {}
): Promise<TestServer> =>
  startApp({ contract, handlers: { operations, security }, services: {}, problems: detailProblems, ...options })
