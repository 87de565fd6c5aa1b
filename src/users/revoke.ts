import { readArguments } from './arguments.js'
import type { Command } from './command.js'
import { noSuchUser } from './command-error.js'

export const revoke: Command = {
  usage: 'NAME',
  says: 'Ends all tokens of a user, who can log in again.',
  read: args => {
    const { username } = readArguments(args, 'NAME', {})
    return async ({ users, changed }) => {
      if (!(await users.revoke(username))) throw noSuchUser(username)
      changed({ event: 'revoke', username, outcome: 'revoked' }, `Ended all tokens of ${username}.`)
    }
  }
}
