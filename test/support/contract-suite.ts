import { afterAll, expect, test } from '@jest/globals'
import { type Handlers, parseContract, type Problems } from '../../src/contract/index.js'
import { handlers } from '../../src/operations/index.js'
import type { Services } from '../../src/services.js'
import { declareTests } from '../../scripts/contract-tests/declare-tests.js'
import { samplingOf } from '../../scripts/contract-tests/properties.js'
import { missedLines, writeCoverage } from '../../scripts/contract-tests/coverage-report.js'
import { renewable, type Seed } from '../../scripts/contract-tests/seed.js'
import { contractSuite } from '../../scripts/contract-tests/suite.js'
import { targetAt } from '../../scripts/contract-tests/target.js'
import { contractText, startProject } from './project.js'

const { operations, security }: Handlers<Services> = handlers

const crash = () => Promise.reject(new Error('something unexpected'))
const crashingSecurity = Object.fromEntries(
  Object.entries(security).map(([name, handler]) => [name, { ...handler, authenticate: crash }])
)
const crashingHandlers = Object.fromEntries(Object.keys(operations).map(name => [name, crash]))

/**
 * Declares to Jest the tests that the contract writes, against this server with the services of a seed, with all that
 * only those who have its code can cause.
 *
 * @param problems the words of the server's own replies, where they aren't those of `services.ts`
 * @param report the name of the page of coverage, if one is to be written
 * @param runs how many random requests to each operation, in place of what the environment says
 */
export const declareContractTests = async (
  seed: Seed<Services>,
  {
    problems,
    report,
    runs
  }: { readonly problems?: Problems; readonly report?: 'contract'; readonly runs?: number } = {}
): Promise<void> => {
  const contract = parseContract(contractText)
  const { services, renew: reset } = await renewable(seed)
  const own = problems && { problems }
  const servers = {
    sound: await startProject({ services, ...own }),
    security: await startProject({ services, ...own, handlers: { operations, security: crashingSecurity } }),
    handler: await startProject({ services, ...own, handlers: { operations: crashingHandlers, security } })
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
