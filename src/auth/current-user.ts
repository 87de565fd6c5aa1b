import type { IncomingHttpHeaders } from 'node:http'
import type { Refusal, SecurityHandler } from '../contract/index.js'
import type { TokenCodec } from './token-codec.js'
import type { UserInDB, UserStore } from './user.js'

/** What it takes to know the current user. */
export interface CurrentUserServices {
  readonly users: UserStore
  readonly tokens: TokenCodec
}

type Step<Value> = { readonly value: Value } | { readonly refusal: Refusal }

const refuse = (status: number, detail: string): { readonly refusal: Refusal } => ({ refusal: { status, detail } })

/** The token in the `Authorization` header. The scheme's name is not case-sensitive (RFC 9110 §11.1). */
export const bearerToken = ({ authorization = '' }: IncomingHttpHeaders): Step<string> => {
  const space = authorization.indexOf(' ')
  const scheme = space < 0 ? authorization : authorization.slice(0, space)
  if (scheme.toLowerCase() !== 'bearer') return refuse(401, 'Not authenticated')
  return { value: space < 0 ? '' : authorization.slice(space + 1) }
}

/** The chapter's `get_current_user`: the user whom the token stands for. */
export const currentUser = async (token: string, { users, tokens }: CurrentUserServices): Promise<Step<UserInDB>> => {
  const username = await tokens.decode(token)
  const user = username === undefined ? undefined : await users.find(username)
  return user ? { value: user } : refuse(401, 'Invalid authentication credentials')
}

/** The chapter's `get_current_active_user`: the same user, if the account is not disabled. */
export const currentActiveUser = (user: UserInDB): Step<UserInDB> =>
  user.disabled === true ? refuse(400, 'Inactive user') : { value: user }

/** The security handler of `OAuth2PasswordBearer`: bearer token → current user → current active user. */
export const oauth2PasswordBearer: SecurityHandler<CurrentUserServices, UserInDB> = {
  refusals: [401, 400],
  authenticate: async (headers, services) => {
    const token = bearerToken(headers)
    if ('refusal' in token) return token
    const user = await currentUser(token.value, services)
    if ('refusal' in user) return user
    const active = currentActiveUser(user.value)
    return 'refusal' in active ? active : { user: active.value }
  }
}
