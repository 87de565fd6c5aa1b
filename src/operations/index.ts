import { oauth2PasswordBearer } from '../auth/current-user.js'
import type { OperationHandlers } from '../contract/operations.js'
import type { SecurityHandlers } from '../contract/security.js'
import { login } from './login.js'
import type { Services, Users } from './operation.js'
import { readUsersMe } from './read-users-me.js'

/** The handler of each operation of the contract. */
export const operations: OperationHandlers<Services, Users> = { login, readUsersMe }

/** The handler of each security scheme of the contract. */
export const security: SecurityHandlers<Services, Users> = { OAuth2PasswordBearer: oauth2PasswordBearer }
