import { readFileSync } from 'node:fs'
import type { AppOptions } from '../../src/app.js'
import { readConfig } from '../../src/config.js'
import { parseContract } from '../../src/contract/index.js'
import { handlers } from '../../src/operations/index.js'
import { compose, type Services } from '../../src/services.js'
import { startApp, type TestServer } from './server.js'

/** The project's contract as it is written. */
export const contractText = readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8')

/** Starts the project's own server, of the parts that `npm start` makes it of, or with others in their places. */
export const startProject = async (options: Partial<AppOptions<Services>> = {}): Promise<TestServer> => {
  const contract = parseContract(contractText)
  const { services, problems } = await compose(readConfig({}), { contract: () => contract, log: () => undefined })
  return startApp({ contract, handlers, problems, services, ...options })
}
