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
export const oauth2PasswordBearer: SecurityHandler<CurrentUserServices, User, 'bearer'> = {
  kind: 'bearer',
  refusals: [401, 400],
  authenticate: async ({ credentials }, services) => {
    if (credentials === undefined) return refuse(401, 'Not authenticated')
    const current = await currentUser(credentials, services)
    if ('refusal' in current) return current
    const active = currentActiveUser(current.value.account.user)
    return 'refusal' in active ? active : { user: active.value, granted: current.value.claims.scopes }
  }
}
