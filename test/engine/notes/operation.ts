import type { defaults, files, heads, operations, security, securitySchemes } from './generated/openapi.js'
import type { HandlerMap, OperationHandler, SecurityHandler, UserOf } from '../../../src/contract/index.js'
import type { User } from './login-store.js'
import type { Services } from './services.js'

/** What the handler of each security scheme vouches for. */
export interface Users {
  readonly Login: User
  readonly Key: User
}

export type Operation<Id extends keyof operations> = OperationHandler<
  operations[Id],
  UserOf<security[Id], Users>,
  Services,
  defaults[Id],
  files[Id]
>

/** A handler for each operation of the contract. A `HEAD` may be left to that of `GET`. */
export type Operations = HandlerMap<{ readonly [Id in keyof operations]: Operation<Id> }, heads>

/** A handler for each security scheme of the contract. */
export type Security = {
  readonly [Name in keyof securitySchemes]: SecurityHandler<Services, Users[Name], securitySchemes[Name]>
}
