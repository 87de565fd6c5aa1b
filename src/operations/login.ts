import type { AccountWithHash } from '../auth/user.js'
import type { Operation } from './operation.js'

/** The chapter's `login`: a username and a password for an access token. */
export const login: Operation<'login'> = async (request, services) => {
  const { form, client } = request
  const from = () => ({ address: client.address, request: request.id })
  const { users, passwords, tokens, throttle, oauth, log } = services
  const attempt = await throttle.attempt(form.username, client.address)
  const says = (outcome: string, username?: string): void => log({ event: 'login', username, outcome, from })
  if ('retryAfter' in attempt) {
    says('throttled')
    return { status: 429, headers: { 'Retry-After': attempt.retryAfter }, body: { detail: 'Too Many Requests' } }
  }

  let account: AccountWithHash | undefined
  let matches: boolean
  try {
    account = await users.findWithHash(form.username)
    matches = await passwords.matches(form.password, account)
  } catch (error) {
    await attempt.withdrawn()
    throw error
  }
  if (!account || !matches) {
    says('refused', account?.user.username)
    const detail = 'Incorrect username or password'
    return { status: 400, body: { detail, ...oauth.fields('invalid_grant', detail) } }
  }
  await attempt.succeeded()

  const token = await tokens.issue(account, form.scope ?? [])
  says(token ? 'accepted' : 'unknown scope', account.user.username)
  if (token) return { status: 200, body: token }
  return {
    status: 400,
    body: { detail: 'Unknown scope', ...oauth.fields('invalid_scope', 'Nobody knows that scope.') }
  }
}
