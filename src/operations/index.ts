import { oauth2PasswordBearer } from '../auth/current-user.js'
import { login } from './login.js'
import type { Operations, Security } from './operation.js'
import { readUsersMe } from './read-users-me.js'

/** The handler of each operation of the contract. */
const operations: Operations = { login, readUsersMe }

/** The handler of each security scheme of the contract. */
const security: Security = { OAuth2PasswordBearer: oauth2PasswordBearer }

/** All handlers: what the contract is served by. */
export const handlers = { operations, security }
