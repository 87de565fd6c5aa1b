import type { Operation } from './operation.js'

/** The chapter's `read_users_me`: the current active user, as it is stored. */
export const readUsersMe: Operation<'readUsersMe'> = ({ user }) => Promise.resolve({ status: 200, body: user })
