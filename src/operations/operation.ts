import type { Passwords } from '../auth/passwords.js'
import type { TokenCodec } from '../auth/token-codec.js'
import type { UserInDB, UserStore } from '../auth/user.js'
import type { OperationHandler, OperationId } from '../contract/serve/handler.js'

/** What handlers can use. */
export interface Services {
  readonly users: UserStore
  readonly passwords: Passwords
  readonly tokens: TokenCodec
}

/** What the handler of each security scheme vouches for: the `user` of a request. */
export interface Users {
  readonly OAuth2PasswordBearer: UserInDB
}

/** The handler of an operation of the contract: a function from its request to one of its declared replies. */
export type Operation<Id extends OperationId> = OperationHandler<Id, Services, Users>
