import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AppOptions } from '../../../src/app.js'
import { type Config, readConfig } from '../../../src/config.js'
import { parseContract } from '../../../src/contract/index.js'
import { compose, type Services } from '../../../src/services.js'
import { keepLog } from '../../support/keep-log.js'
import { startApp, type TestServer } from '../../support/server.js'
import { chapterHandlers, chapterText } from '../chapter.js'

/** A server with a database, in which johndoe (password `secret`) and alice (`secret2`, disabled) are. */
export interface RealServer extends TestServer {
  readonly services: Services
  /** The file of its database. */
  readonly file: string
}

/** Settings in the places of others, and parts of the app in the places of the chapter's. */
export interface RealOptions extends Partial<Config>, Partial<Pick<AppOptions<Services>, 'contract' | 'handlers'>> {
  /** The file of the database; by default a new one, which goes when the server closes. */
  readonly file?: string
}

/** What makes tests quick: hashes that cost little, and logins that may fail as often as they like. */
const settings: Partial<Config> = {
  hashMemoryMiB: 1,
  hashPasses: 1,
  loginFailures: 1000,
  addressFailures: 1000,
  userFailures: 1000
}

const addUsers = async ({ users, passwords }: Services): Promise<void> => {
  const scopes = ['users:read', 'users:write']
  const john = { username: 'johndoe', email: 'johndoe@example.com', full_name: 'John Doe', scopes }
  const alice = { username: 'alice', email: 'alice@example.com', full_name: 'Alice Wonderson', disabled: true }
  await users.add({ ...john, hash: await passwords.hash('secret') })
  await users.add({ ...alice, hash: await passwords.hash('secret2') })
}

/** Starts a server as `npm start` does with a `DATABASE_URL`, which is one of SQLite in a temporary folder. */
export const startReal = async ({
  contract = parseContract(chapterText),
  handlers = chapterHandlers,
  file: given,
  ...others
}: RealOptions = {}): Promise<RealServer> => {
  const folder = given === undefined ? mkdtempSync(join(tmpdir(), 'real-')) : undefined
  const file = given ?? join(folder ?? '', 'users.db')
  const config = { ...readConfig({ DATABASE_URL: `sqlite:${file}` }), ...settings, ...others }
  const { log, lines } = keepLog()
  const { close, ...composed } = await compose(config, { contract: () => contract, log })
  await addUsers(composed.services)
  const server = await startApp({ contract, handlers, ...composed, trustProxy: config.trustProxy, log })
  return {
    ...server,
    log: lines,
    services: composed.services,
    file,
    close: async () => {
      await server.close()
      await close?.()
      if (folder !== undefined) rmSync(folder, { recursive: true })
    }
  }
}

/** The access token of a login that succeeds. */
export const tokenOf = ({ json }: { readonly json: unknown }): string => (json as { access_token: string }).access_token
