import type { defaults, files, heads, operations, security, securitySchemes } from '../../generated/openapi.js'
import type { User } from '../auth/user.js'
import type { HandlerMap, OperationHandler, SecurityHandler, UserOf } from '../contract/index.js'
import type { Services } from '../services.js'

/** What the handler of each security scheme vouches for: the `user` of a request. */
export interface Users {
  readonly OAuth2PasswordBearer: User
}

/** The handler of an operation of the contract: a function from its request to one of its declared replies. */
export type Operation<Id extends keyof operations> = OperationHandler<
  operations[Id],
  UserOf<security[Id], Users>,
  Services,
  defaults[Id],
  files[Id]
>

/** A handler for each operation of the contract; a HEAD may be left to the handler of GET. */
export type Operations = HandlerMap<{ readonly [Id in keyof operations]: Operation<Id> }, heads>

/** A handler for each security scheme of the contract. */
export type Security = {
  readonly [Name in keyof securitySchemes]: SecurityHandler<Services, Users[Name], securitySchemes[Name]>
}
