import type { Account } from '../auth/user.js'

/** A user as programs get it: by name, so that nothing comes along. */
export const userJson = ({ user: { username, full_name, email, disabled }, scopes }: Account) => ({
  username,
  full_name,
  email,
  disabled: disabled === true,
  scopes
})

/** Whether a user can do anything, in a word. */
export const stateOf = ({ user }: Account): string => (user.disabled === true ? 'disabled' : 'active')
