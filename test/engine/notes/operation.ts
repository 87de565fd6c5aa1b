import type { defaults, files, operations, security, securitySchemes } from './generated/openapi.js'
import type { OperationHandler, SecurityHandler, UserOf } from '../../../src/contract/index.js'
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

/** A handler for each operation of the contract. `HEAD` may have that of `GET`. */
export type Operations = { readonly [Id in Exclude<keyof operations, 'lookForNote'>]: Operation<Id> }

/** A handler for each security scheme of the contract. */
export type Security = {
  readonly [Name in keyof securitySchemes]: SecurityHandler<Services, Users[Name], securitySchemes[Name]>
}
