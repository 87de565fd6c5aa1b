import { randomBytes, timingSafeEqual } from 'node:crypto'

export type Scope = 'notes:read' | 'notes:write'

/** A user; a machine is one that has only a key. */
export interface User {
  readonly name: string
  readonly scopes: readonly Scope[]
}

const users = [
  { name: 'alice', password: 'wonderland', scopes: ['notes:read', 'notes:write'] },
  { name: 'reader', password: 'newspaper', scopes: ['notes:read'] }
] as const

const machines = [{ name: 'monitor', key: 'k3y', scopes: ['notes:read'] }] as const

const areEqual = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

/** Who may ask, in memory. */
export class LoginStore {
  readonly #tokens = new Map<string, User>()

  /** @returns `undefined` if the name or the password is wrong */
  logIn(name: string, password: string, asked: readonly string[]): { token: string; user: User } | undefined {
    const found = users.find(user => user.name === name && areEqual(user.password, password))
    if (!found) return undefined
    const scopes = asked.length === 0 ? found.scopes : found.scopes.filter(scope => asked.includes(scope))
    const user = { name, scopes }
    const token = randomBytes(16).toString('hex')
    this.#tokens.set(token, user)
    return { token, user }
  }

  byToken(token: string): User | undefined {
    return this.#tokens.get(token)
  }

  byKey(key: string): User | undefined {
    return machines.find(machine => areEqual(machine.key, key))
  }
}
