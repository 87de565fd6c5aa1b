import { isDeepStrictEqual } from 'node:util'
import type { Account } from '../../../src/auth/user.js'
import type { Config } from '../../../src/config.js'
import { readConfig } from '../../../src/config.js'
import type { Problems } from '../../../src/contract/index.js'
import { parseContract } from '../../../src/contract/index.js'
import { compose, type Services } from '../../../src/services.js'
import type { Seed } from '../../../scripts/contract-tests/seed.js'
import { contractText } from '../../support/project.js'

/** What makes tests quick: hashes that cost little, and logins that may fail as often as they like. */
const quick: Partial<Config> = {
  hashMemoryMiB: 1,
  hashPasses: 1,
  loginFailures: 1_000_000,
  addressFailures: 1_000_000,
  userFailures: 1_000_000
}

/** A seed on a database: before each test there are johndoe and alice of the contract's examples, and nobody else. */
export interface RealSeed {
  readonly seed: Seed<Services>
  readonly problems: Problems
  readonly close: () => Promise<void>
}

/** @param url of a database that is only for this */
export const realSeed = async (url: string): Promise<RealSeed> => {
  const contract = parseContract(contractText)
  const secrets = { TOKEN_SECRETS: 'only-for-tests-only-for-tests-only' }
  const config = { ...readConfig({ DATABASE_URL: url, ...secrets }), ...quick }
  const { services, problems, close } = await compose(config, { contract: () => contract, log: () => undefined })
  const { users, passwords } = services
  const scopes = ['users:read', 'users:write']
  const johndoe = { username: 'johndoe', email: 'johndoe@example.com', full_name: 'John Doe', scopes }
  const alice = { username: 'alice', email: 'alice@example.com', full_name: 'Alice Wonderson', disabled: true }
  const seeds = [
    { ...johndoe, hash: await passwords.hash('secret') },
    { ...alice, hash: await passwords.hash('secret2') }
  ]
  let seeded: readonly Account[] | undefined
  return {
    seed: {
      services: async () => {
        const there = await users.list(undefined, 1_000)
        if (isDeepStrictEqual(there, seeded)) return services
        for (const { user } of there) await users.remove(user.username)
        for (const user of seeds) await users.add(user)
        seeded = await users.list(undefined, 1_000)
        return services
      },
      credentials: {}
    },
    problems,
    close: async () => {
      await close?.()
    }
  }
}
