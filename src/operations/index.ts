import { oauth2PasswordBearer } from '../auth/current-user.js'
import type { OperationHandlers } from '../contract/serve/handler.js'
import type { SecurityHandlers } from '../contract/serve/security.js'
import { login } from './login.js'
import type { Services, Users } from './operation.js'
import { readUsersMe } from './read-users-me.js'

/** The handler of each operation of the contract. */
export const operations: OperationHandlers<Services, Users> = { login, readUsersMe }

/** The handler of each security scheme of the contract. */
export const security: SecurityHandlers<Services, Users> = { OAuth2PasswordBearer: oauth2PasswordBearer }
