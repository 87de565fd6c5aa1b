import { readArguments } from './arguments.js'
import type { Command } from './command.js'
import { noSuchUser } from './command-error.js'
import { readNewHash } from './new-password.js'

export const password: Command = {
  usage: 'NAME',
  says: 'Gives a user another password, and ends all tokens.',
  details: ['Asks for the password at a terminal; elsewhere it is the one line of standard input.'],
  read: args => {
    const { username } = readArguments(args, 'NAME', {})
    return async session => {
      const { users, changed } = session
      if (!(await users.find(username))) throw noSuchUser(username) // sooner than a password is asked for
      const hash = await readNewHash(session, username)
      if (!(await users.change(username, { hash }))) throw noSuchUser(username)
      changed(
        { event: 'password', username, outcome: 'changed' },
        `Changed the password of ${username}, whose tokens have ended.`
      )
    }
  }
}
