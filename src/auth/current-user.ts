import type { IncomingHttpHeaders } from 'node:http'
import type { Refusal, SecurityHandler } from '../contract/index.js'
import type { OAuthWords } from './oauth-words.js'
import type { Claims, TokenCodec } from './token-codec.js'
import type { Account, User } from './user.js'
import type { UserStore } from './user-store.js'

/** What it takes to know the current user. */
export interface CurrentUserServices {
  readonly users: Pick<UserStore, 'find'>
  readonly tokens: Pick<TokenCodec, 'decode'>
  readonly oauth: OAuthWords
}

type Step<Value> = { readonly value: Value } | { readonly refusal: Refusal }

const refuse = (status: number, detail: string, headers: Refusal['headers'] = {}): { readonly refusal: Refusal } => ({
  refusal: { status, detail, headers }
})

/** The token in the `Authorization` header. The scheme's name is not case-sensitive (RFC 9110 §11.1). */
export const bearerToken = ({ authorization = '' }: IncomingHttpHeaders): Step<string> => {
  const space = authorization.indexOf(' ')
  const scheme = space < 0 ? authorization : authorization.slice(0, space)
  if (scheme.toLowerCase() !== 'bearer') return refuse(401, 'Not authenticated')
  return { value: space < 0 ? '' : authorization.slice(space + 1) }
}

/** An account, and what the token that stands for it says. */
export interface CurrentAccount {
  readonly account: Account
  readonly claims: Claims
}

/** The chapter's `get_current_user`: the user whom the token stands for, as long as no change has ended it. */
export const currentUser = async (
  token: string,
  { users, tokens, oauth }: CurrentUserServices
): Promise<Step<CurrentAccount>> => {
  const claims = await tokens.decode(token)
  const account = claims && (await users.find(claims.username))
  if (account && (claims.version === undefined || claims.version === account.version)) {
    return { value: { account, claims } }
  }
  const why = 'The token is none of this server, has expired or was revoked.'
  return refuse(401, 'Invalid authentication credentials', token === '' ? {} : oauth.challenge(why))
}

/** The chapter's `get_current_active_user`: the same user, if the account is not disabled. */
export const currentActiveUser = (user: User): Step<User> =>
  user.disabled === true ? refuse(400, 'Inactive user') : { value: user }

/** The security handler of `OAuth2PasswordBearer`: bearer token → current user → current active user. */
export const oauth2PasswordBearer: SecurityHandler<CurrentUserServices, User> = {
  refusals: [401, 400],
  authenticate: async (headers, services) => {
    const token = bearerToken(headers)
    if ('refusal' in token) return token
    const current = await currentUser(token.value, services)
    if ('refusal' in current) return current
    const active = currentActiveUser(current.value.account.user)
    return 'refusal' in active ? active : { user: active.value, granted: current.value.claims.scopes }
  }
}
