/**
 * What the compiler must refuse: `npm run check` compiles this file, and an `@ts-expect-error` without an error under
 * it is an error itself.
 */
import { login } from '../../src/operations/login.js'
import { handlers } from '../../src/operations/index.js'
import { readUsersMe } from '../../src/operations/read-users-me.js'
import type { Operation, Operations, Security } from '../../src/operations/operation.js'

const { operations, security } = handlers
const reply = <T>(value: T) => Promise.resolve(value)
const token = { access_token: 'johndoe', token_type: 'bearer' } as const

declare const others: Omit<Operations, 'login'>

/** What it must accept. */
export const fine: Operations = operations
export const fineToo: Operation<'login'> = () => reply({ status: 200, body: token })
export const readable: Operation<'login'> = ({ form: { username, scope } }) =>
  reply({ status: 400, body: { detail: username.concat(...(scope ?? [])) } })

// @ts-expect-error an operation of the contract has no handler
export const missing: Operations = others

// @ts-expect-error a handler has no operation in the contract
export const surplus: Operations = { ...operations, logout: login }

// @ts-expect-error the handler of one operation is not that of another
export const swapped: Operations = { ...operations, login: readUsersMe, readUsersMe: login }

// @ts-expect-error the contract has no such operation
export const unknown: Operation<'logout'> = login

// @ts-expect-error the contract doesn't declare the status
export const undeclaredStatus: Operation<'login'> = () => reply({ status: 201, body: token })

// @ts-expect-error the body is that of another status
export const otherBody: Operation<'login'> = () => reply({ status: 400, body: token })

// @ts-expect-error a field of the body is missing
export const missingField: Operation<'login'> = () => reply({ status: 200, body: { access_token: 'johndoe' } })

// @ts-expect-error a field of the body has another type
export const wrongField: Operation<'login'> = () => reply({ status: 200, body: { ...token, access_token: 7 } })

// @ts-expect-error a field of the body has another value than the only one that is declared
export const wrongValue: Operation<'login'> = () => reply({ status: 200, body: { ...token, token_type: 'mac' } })

// @ts-expect-error the status has a body
export const noBody: Operation<'login'> = () => reply({ status: 200 })

// @ts-expect-error a declared header doesn't fit
export const wrongHeader: Operation<'login'> = () => reply({ status: 200, body: token, headers: { Pragma: 7 } })

// @ts-expect-error the form has no such field
export const undeclaredField: Operation<'login'> = ({ form }) => reply({ status: 400, body: { detail: form.otp } })

// @ts-expect-error a field that may be absent is not a string
export const optionalField: Operation<'login'> = ({ form }) => reply({ status: 400, body: { detail: form.client_id } })

// @ts-expect-error the operation asks for no security, so that there is no user
export const noUser: Operation<'login'> = ({ user }) => reply({ status: 400, body: { detail: user.username } })

// @ts-expect-error the operation has no form
export const noForm: Operation<'readUsersMe'> = ({ user, form }) => reply({ status: 200, body: { ...user, ...form } })

// @ts-expect-error the operation has no query parameters
export const noQuery: Operation<'readUsersMe'> = ({ user, query }) =>
  reply({ status: 200, body: { ...user, ...query } })

// @ts-expect-error a handler gets no response to write to
export const noResponse: Operation<'login'> = (_request, { response }) => reply(response)

// @ts-expect-error a security scheme of the contract has no handler
export const missingScheme: Security = {}

// @ts-expect-error a security handler has no scheme in the contract
export const surplusScheme: Security = { ...security, Basic: security.OAuth2PasswordBearer }

// @ts-expect-error the handlers of the server can't be changed
operations.login = login
