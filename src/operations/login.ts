import type { Operation } from './operation.js'

/** The chapter's `login`: a username and a password for an access token. */
export const login: Operation<'login'> = async ({ form, client }, services) => {
  const { users, passwords, tokens, throttle, oauth, log } = services
  const attempt = await throttle.attempt(form.username, client.address)
  const account = 'retryAfter' in attempt ? undefined : await users.findWithHash(form.username)
  const says = (outcome: string): void =>
    log({ event: 'login', username: account?.user.username, outcome, address: client.address })
  if ('retryAfter' in attempt) {
    says('throttled')
    return { status: 429, headers: { 'Retry-After': attempt.retryAfter }, body: { detail: 'Too Many Requests' } }
  }

  const matches = await passwords.matches(form.password, account).catch(async (error: unknown) => {
    await attempt.withdrawn()
    throw error
  })
  if (!account || !matches) {
    says('refused')
    const detail = 'Incorrect username or password'
    return { status: 400, body: { detail, ...oauth.fields('invalid_grant', detail) } }
  }
  await attempt.succeeded()

  const token = await tokens.issue(account, form.scope ?? [])
  says(token ? 'accepted' : 'unknown scope')
  if (token) return { status: 200, body: token }
  return {
    status: 400,
    body: { detail: 'Unknown scope', ...oauth.fields('invalid_scope', 'Nobody knows that scope.') }
  }
}
