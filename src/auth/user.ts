import type { components } from '../../generated/openapi.js'

/**
 * A user as the store has it. Fields that the contract doesn't declare may come along: they never leave the server, and
 * a handler that tries to send them is told so in development.
 */
export type UserInDB = components['schemas']['UserInDB']

/** Where users are kept. Write one of these for a database. */
export interface UserStore {
  /** The user of exactly this name, or `undefined`. What it throws becomes a 500. */
  find(username: string): Promise<UserInDB | undefined>
}
