import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { openAccounts } from '../../../src/accounts.js'
import { jwtCodec } from '../../../src/auth/jwt-codec.js'
import { readTokenKeys } from '../../../src/auth/token-keys.js'
import { readConfig } from '../../../src/config.js'
import { readableLog } from '../../dev/readable-log.js'
import { type Exchange, getWith, loginOf } from '../exchanges.js'
import { temporaryFolder } from '../temporary-folder.js'

/** Users of a database in a temporary folder, and what is asked of a server that has it. */
export interface RealUsers {
  /** The settings of a server that has this database. They let any number of logins fail. */
  readonly environment: Readonly<Record<string, string>>
  /** `GET /users/me` with the token of an active user, who has no scopes. */
  readonly read: Exchange
  /** The same user's login. */
  readonly login: Exchange
  /** The user's password, and the hash of it. */
  readonly password: string
  readonly hash: string
  /** A token of the active user, and one of the disabled user, who has the same password. */
  readonly tokens: Readonly<Record<string, string>>
  /** Logins that fail, by what is wrong with them. All requests are of the same length. */
  readonly guesses: Readonly<Record<string, Exchange>>
}

const many = '1000000'

/** Makes the database. It goes when this process does. */
export const makeRealUsers = async (): Promise<RealUsers> => {
  const folder = temporaryFolder()
  const environment = {
    DATABASE_URL: `sqlite:${join(folder, 'users.db')}`,
    TOKEN_SECRETS: randomBytes(32).toString('base64'),
    TOKEN_ISSUER: 'bench',
    TOKEN_AUDIENCE: 'bench',
    LOGIN_FAILURES: many,
    ADDRESS_LOGIN_FAILURES: many,
    USER_LOGIN_FAILURES: many
  }
  const config = readConfig(environment)
  const { database, passwords } = await openAccounts(config, readableLog('warn'))
  const { users } = database
  const keys = await readTokenKeys({ secrets: config.tokenSecrets, keyFiles: [], secretFile: undefined })
  const { tokenIssuer: issuer, tokenAudience: audience, tokenMinutes: minutes } = config
  const tokens = jwtCodec({ keys, issuer, audience, minutes, declaredScopes: () => new Set() })

  const active = { username: 'johndoe', email: 'johndoe@example.com', full_name: 'John Doe', disabled: false }
  const disabled = { username: 'alicewo', email: 'alice@example.com', full_name: 'Alice Wonderson', disabled: true }
  const [password, wrong] = [randomBytes(12).toString('hex'), randomBytes(12).toString('hex')]
  const hash = await passwords.hash(password)
  await users.add({ ...active, hash })
  await users.add({ ...disabled, hash: await passwords.hash(password) })
  const tokenOf = async (username: string): Promise<string> => {
    const account = await users.find(username)
    const token = account && (await tokens.issue(account, []))
    if (!token) throw new Error('No token was issued for the user that has just been added')
    return token.access_token
  }
  const token = await tokenOf(active.username)
  const own = { [active.username]: token, [disabled.username]: await tokenOf(disabled.username) }
  await database.close()

  return {
    environment,
    read: { ...getWith(token, '/users/me', active), name: 'GET /users/me, real users' },
    login: loginOf(active.username, password),
    password,
    hash,
    tokens: own,
    guesses: {
      'unknown user': loginOf('nothere', wrong),
      'wrong password': loginOf(active.username, wrong),
      'disabled user': loginOf(disabled.username, wrong)
    }
  }
}
