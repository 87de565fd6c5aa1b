import { randomBytes } from 'node:crypto'
import { isRecord, type Contract, tokenOperations } from '../../src/contract/index.js'
import { makeRealUsers } from '../bench/real/users.js'
import { namedExamples } from '../contract-tests/examples/named-examples.js'
import type { Mode } from './options.js'

/** A user whom the server knows. */
export interface Account {
  readonly username: string
  readonly password: string
  readonly token: string
  /** What the examples of the contract call it. */
  readonly example: string
}

/** Who is there in a mode, and what nobody may see. */
export interface Accounts {
  readonly mode: Mode
  /** The settings of a server that knows them. */
  readonly environment: Readonly<Record<string, string>>
  readonly accounts: readonly Account[]
  /** What stands in each wrong password and each wrong token that is sent. */
  readonly canary: string
  /** What must be in no answer and in no line of the log, by what it is. */
  readonly secrets: ReadonlyMap<string, string>
}

const text = (value: unknown, name: string): string | undefined => {
  const field: unknown = isRecord(value) ? value[name] : undefined
  return typeof field === 'string' ? field : undefined
}

/** Those whom the examples of the contract let log in, each with the token of the answer of the same name. */
const shownAccounts = (contract: Contract): Account[] =>
  [...tokenOperations(contract)].flatMap(object => {
    const { requests, answers } = namedExamples(contract, object)
    const found = requests.flatMap(({ name, value }) => {
      const answer = answers.find(one => one.name === name && one.status === '200')
      const [username, password] = [text(value, 'username'), text(value, 'password')]
      const token = text(answer?.value, 'access_token')
      return username !== undefined && password !== undefined && token !== undefined
        ? [{ username, password, token, example: name }]
        : []
    })
    return [...new Map(found.map(one => [one.username, one])).values()]
  })

/** The accounts of a mode; `undefined` if the contract knows no logins, so that no database would be asked. */
export const accountsOf = async (mode: Mode, contract: Contract): Promise<Accounts | undefined> => {
  const canary = `canary${randomBytes(12).toString('hex')}`
  if (mode === 'fake') {
    // Its hashes and tokens are no secrets: the contract shows them.
    const secrets = new Map([[canary, 'a wrong password or token']])
    return { mode, environment: {}, accounts: shownAccounts(contract), canary, secrets }
  }
  if (tokenOperations(contract).size === 0) return undefined
  const { environment, password, hash, tokens } = await makeRealUsers()
  const accounts = Object.entries(tokens).map(([username, token]) => ({
    username,
    password,
    token,
    example: username.startsWith('alice') ? 'alice' : username
  }))
  const secrets = new Map([
    [canary, 'a wrong password or token'],
    [password, 'a password'],
    [hash, 'the hash of a password'],
    [hash.split('$').at(-1) ?? hash, 'the hash of a password'],
    [environment['TOKEN_SECRETS'] ?? canary, 'what tokens are signed with'],
    ...accounts.map(({ token, username }): [string, string] => [token, `the token of ${username}`])
  ])
  return { mode, environment, accounts, canary, secrets }
}
