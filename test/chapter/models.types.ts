/**
 * The chapter's own shapes, exactly: a contract that says more or less than the chapter doesn't compile with them.
 * `npm run check` compiles this file.
 */
import type { components, operations, security } from '../../generated/openapi.js'
import type { Token } from '../../src/auth/token-codec.js'
import type { User as PublicUser } from '../../src/auth/user.js'
import type { Client, RequestedOperation } from '../../src/contract/index.js'
import type { OperationReply, OperationRequest } from '../../src/contract/index.js'
import type { Users } from '../../src/operations/operation.js'

/** Whether two types are the very same, to the last `readonly` and `?`. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- it is how the compiler is asked
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Flat<T> = { [Key in keyof T]: T[Key] }

/** Takes `true` for each claim, which the compiler knows whether it is. */
const claims = <Claims extends readonly true[]>(...all: Claims): Claims => all

type Schemas = components['schemas']
type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

interface User {
  username: string
  email: string | null
  full_name: string | null
  disabled: boolean | null
}

/** What OAuth clients read besides, of real users. */
interface OAuthWords {
  error?: 'invalid_grant' | 'invalid_scope' | 'invalid_request' | 'unsupported_grant_type'
  error_description?: string
}

/** The models of the chapter: `User`, `UserInDB`, `OAuth2PasswordRequestForm`, what `login` returns, and the errors. */
export const models = claims(
  true satisfies Same<Flat<Schemas['User']>, Flat<User>>,
  true satisfies Same<Writable<Schemas['UserInDB']>, Flat<User & { hashed_password?: string }>>, // not there for real users
  true satisfies Same<Writable<PublicUser>, Flat<Schemas['User']>>, // the store's, which the code says by itself
  true satisfies Same<
    Flat<Schemas['PasswordGrantForm']>,
    {
      grant_type?: string
      username: string
      password: string
      scope?: string[]
      client_id?: string
      client_secret?: string
    }
  >,
  true satisfies Same<Writable<Schemas['Token']>, Writable<Token>>,
  true satisfies Same<Flat<Schemas['HTTPError']>, { detail: string }>,
  true satisfies Same<Flat<Schemas['OAuthError']>, Flat<{ detail: string } & OAuthWords>>,
  true satisfies Same<
    Flat<Schemas['HTTPValidationError']>,
    Flat<{ detail: Schemas['ValidationError'][] } & OAuthWords>
  >,
  true satisfies Same<
    Flat<Schemas['ValidationError']>,
    { loc: (string | number)[]; msg: string; type: string; ctx?: Record<string, unknown> }
  >
)

type Bodies<Id extends keyof operations> = {
  [Status in keyof operations[Id]['responses']]: operations[Id]['responses'][Status] extends {
    content: infer Content
  }
    ? Content
    : never
}
interface Json<Body> {
  'application/json': Body
}
type Problem = Json<Schemas['HTTPError']>

/** The answers of each operation, each in its only media type. */
export const answers = claims(
  true satisfies Same<
    Bodies<'login'>,
    {
      200: Json<Schemas['Token']>
      400: Json<Schemas['OAuthError']>
      413: Json<Schemas['OAuthError']>
      415: Json<Schemas['OAuthError']>
      422: Json<Schemas['HTTPValidationError']>
      429: Problem
      500: Problem
      503: Problem
    }
  >,
  true satisfies Same<
    Bodies<'readUsersMe'>,
    { 200: Json<Schemas['UserInDB']>; 400: Problem; 401: Problem; 500: Problem; 503: Problem }
  >
)

type Headers<Id extends keyof operations, Status extends keyof operations[Id]['responses']> = Flat<
  operations[Id]['responses'][Status] extends { headers: infer H } ? H : never
>
interface NeverStored {
  'Cache-Control': 'no-store'
  Pragma: 'no-cache'
  [name: string]: unknown
}
type NoHeaders = Record<string, unknown>

/** The headers of the answers: those about tokens are never stored, and a 401 says how to authenticate. */
export const headers = claims(
  true satisfies Same<Headers<'login', 200>, NeverStored>,
  true satisfies Same<Headers<'login', 400>, NeverStored>,
  true satisfies Same<Headers<'login', 413>, NeverStored>,
  true satisfies Same<Headers<'login', 415>, NeverStored>,
  true satisfies Same<Headers<'login', 422>, NeverStored>,
  true satisfies Same<Headers<'login', 500>, NeverStored>,
  true satisfies Same<Headers<'readUsersMe', 200>, NoHeaders>,
  true satisfies Same<Headers<'readUsersMe', 400>, NoHeaders>,
  true satisfies Same<Headers<'readUsersMe', 401>, { 'WWW-Authenticate': string; [name: string]: unknown }>,
  true satisfies Same<Headers<'readUsersMe', 500>, NoHeaders>
)

/** What the handlers get, and what they may leave to the server. */
export const handlers = claims(
  true satisfies Same<
    Flat<OperationRequest<operations['login'], never>>,
    {
      readonly form: Schemas['PasswordGrantForm']
      readonly client: Client
      readonly id: string
      readonly operation: RequestedOperation
      readonly signal: AbortSignal
    }
  >,
  true satisfies Same<
    Flat<OperationRequest<operations['readUsersMe'], Users['OAuth2PasswordBearer']>>,
    {
      readonly user: Users['OAuth2PasswordBearer']
      readonly granted: readonly string[]
      readonly client: Client
      readonly id: string
      readonly operation: RequestedOperation
      readonly signal: AbortSignal
    }
  >,
  true satisfies Same<security['login'], never>,
  true satisfies Same<security['readUsersMe'], 'OAuth2PasswordBearer'>,
  true satisfies Same<OperationReply<operations['login']>['status'], 200 | 400 | 413 | 415 | 422 | 429 | 500 | 503>,
  true satisfies Same<OperationReply<operations['readUsersMe']>['status'], 200 | 400 | 401 | 500 | 503>
)
