import type { Operation } from './operation.js'

/** The chapter's `login`: a username and a password for an access token. */
export const login: Operation<'login'> = async ({ form }, { users, passwords, tokens }) => {
  const user = await users.find(form.username)
  const matches = await passwords.matches(form.password, user)
  if (!user || !matches) return { status: 400, body: { detail: 'Incorrect username or password' } }
  return { status: 200, body: { access_token: await tokens.issue(user, form.scope ?? []), token_type: 'bearer' } }
}
