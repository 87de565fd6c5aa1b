import { afterAll, expect, test } from '@jest/globals'
import type { AppOptions } from '../../src/app.js'
import type { Handlers } from '../../src/contract/index.js'
import { declareTests } from '../../scripts/contract-tests/declare-tests.js'
import { samplingOf } from '../../scripts/contract-tests/properties.js'
import { missedLines, writeCoverage } from '../../scripts/contract-tests/coverage-report.js'
import { renewable, type Seed } from '../../scripts/contract-tests/seed.js'
import { contractSuite } from '../../scripts/contract-tests/suite.js'
import { targetAt } from '../../scripts/contract-tests/target.js'
import { startApp } from './server.js'

const crash = () => Promise.reject(new Error('something unexpected'))

const crashing = <Services>({ operations, security }: Handlers<Services>): Handlers<Services>[] => [
  {
    operations,
    security: Object.fromEntries(
      Object.entries(security).map(([name, handler]) => [name, { ...handler, authenticate: crash }])
    )
  },
  { operations: Object.fromEntries(Object.keys(operations).map(name => [name, crash])), security }
]

/** The server that is tested. */
type Served<Services> = Pick<AppOptions<Services>, 'contract' | 'handlers' | 'problems'>

/**
 * Declares to Jest the tests that a contract writes, against a server with the services of a seed, with all that only
 * those who have its code can cause.
 *
 * @param report the name of the page of coverage, if one is to be written
 * @param runs how many random requests to each operation, in place of what the environment says
 */
export const declareContractTests = async <Services extends object>(
  served: Served<Services>,
  seed: Seed<Services>,
  { report, runs }: { readonly report?: 'contract'; readonly runs?: number } = {}
): Promise<void> => {
  const { contract } = served
  const { services, renew: reset } = await renewable(seed)
  const [security, handler] = crashing(served.handlers)
  const servers = {
    sound: await startApp({ ...served, services }),
    security: await startApp({ ...served, services, ...(security && { handlers: security }) }),
    handler: await startApp({ ...served, services, ...(handler && { handlers: handler }) })
  }
  const targetOf = (name: keyof typeof servers) => targetAt(`http://127.0.0.1:${servers[name].port}`)
  const target = targetOf('sound')
  const faulty = { security: targetOf('security'), handler: targetOf('handler') }
  const { credentials } = seed
  const sampling = { ...samplingOf(process.env), ...(runs !== undefined && { runs }) }
  const suite = contractSuite({ contract, target, faulty, credentials, reset, ...sampling })

  afterAll(async () => {
    if (report) writeCoverage(contract, suite.coverage, report)
    for (const one of [target, faulty.security, faulty.handler]) one.close()
    await Promise.all(Object.values(servers).map(server => server.close()))
  })

  declareTests(suite.tests)

  test('nothing unexpected happened in the server', () => {
    expect(servers.sound.log).toEqual([])
  })

  // What can't be tried from outside is said below the table.
  test('every answer in every media type by every example was reached, and every rule accepted and refused', () => {
    expect(missedLines(contract, suite.coverage)).toEqual([])
  })
}
