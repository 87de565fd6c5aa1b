import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { parseContract, pointer } from '../../src/contract/index.js'
import { type Fault, operationsOfFaultyServer, startFaultyServer } from './faulty-server.js'
import { contractSuite } from '../../scripts/contract-tests/suite.js'
import { targetAt } from '../../scripts/contract-tests/target.js'
import { ContractViolation } from '../../scripts/contract-tests/violation.js'
import { isInstalled } from '../support/installed.js'
import { loginText } from '../support/login.js'

const contract = parseContract(loginText)

/** What the tests of the contract find in a server: the messages, and the rules of the contract that they name. */
const findings = async (fault: Fault | undefined, look?: (violation: ContractViolation) => Promise<void>) => {
  const server = await startFaultyServer(fault)
  const target = targetAt(server.url)
  const violations: ContractViolation[] = []
  try {
    const { tests } = contractSuite({ contract, target, runs: 50, seed: 1 })
    for (const { run } of tests.filter(({ operation }) => operationsOfFaultyServer.has(operation))) {
      await run().catch((error: unknown) => {
        if (!(error instanceof ContractViolation)) throw error
        violations.push(error)
      })
    }
    for (const violation of violations) await look?.(violation)
    return violations
  } finally {
    target.close()
    server.close()
  }
}

test('in a server that does what the contract says, nothing is found', async () => {
  expect((await findings(undefined)).map(({ message }) => message)).toEqual([])
})

const me = pointer('paths', '/users/me', 'get')
const token = pointer('paths', '/token', 'post')
const form = '/components/schemas/PasswordGrantForm'

describe('a server that breaks the contract is found out, with the rule that it breaks', () => {
  test.each<[Fault, rule: string, what: RegExp]>([
    ['undeclared status', `${me}/responses`, /The status 403 isn't declared for `readUsersMe`/],
    ['undeclared media type', `${token}/responses/200/content`, /The media type `text\/html` isn't declared/],
    ['missing header', '/components/responses/Unauthorized/headers/WWW-Authenticate', /no header `WWW-Authenticate`/],
    ['undeclared field', '/components/schemas/UserInDB', /The body has `\/id`, which isn't declared/],
    ['crash on odd input', token, /A valid request is answered 500/],
    ['field not required', `${form}/required/1`, /`required` of password is answered 400, not 422/],
    ['pattern without its end', `${form}/properties/grant_type/pattern`, /grant_type is answered 400, not 422/],
    ['last field wins', `${form}/properties/client_id/type`, /client_id is answered 400, not 422/],
    ['wrong loc', `${form}/required/0`, /The answer names \["form","username"\], not \["body","username"\]/],
    ['any scheme', `${me}/security`, /These credentials are answered 200, not 401/]
  ])('%s', async (fault, rule, what) => {
    const violations = await findings(fault)
    const found = violations.filter(({ pointers, message }) => pointers.includes(rule) && what.test(message))
    expect(found.map(({ pointers }) => pointers)).not.toEqual([])
    expect(found[0]?.message.split('\n')).toContainEqual(
      expect.stringMatching(new RegExp(`^${contract.place(rule, 'key')}  .*${what.source}`))
    )
  })
})

const withCurl = isInstalled('curl', 'repeating a finding by its command') ? test : test.skip

withCurl('a finding has the simplest request in which it shows, as a command that shows it again', async () => {
  const seen: string[] = []
  await findings('pattern without its end', async ({ message }) => {
    const [, curl = ''] = /^ {2}(curl .*)$/m.exec(message) ?? []
    const { stdout } = await promisify(execFile)('sh', ['-c', `${curl} --silent`])
    seen.push(curl.replace(/^.*--data-binary /, ''), stdout.slice(0, stdout.indexOf('\r\n')))
    expect(message).toMatch(/Found by request \d+ and simplified [1-9]\d* times; the same again with CONTRACT_SEED=1$/)
  })
  expect(seen).toEqual([expect.stringMatching(/^'(\w+=[^&]{1,12}&?){3}'$/), 'HTTP/1.1 400 Bad Request'])
})
