import { readArguments } from './arguments.js'
import type { Command } from './command.js'
import { CommandError } from './command-error.js'
import { readNewHash } from './new-password.js'
import { checkName, readScopes, readText } from './user-fields.js'

export const add: Command = {
  usage: 'NAME [--email EMAIL] [--full-name "FULL NAME"] [--scope SCOPE]... [--scopes "SCOPE ..."] [--disabled]',
  says: 'Adds a user.',
  details: [
    'Asks for the password at a terminal; elsewhere it is the one line of standard input.',
    'NAME is exact: case counts, and nothing is normalised.'
  ],
  read: args => {
    const { values, username } = readArguments(args, 'NAME', {
      email: { type: 'string' },
      'full-name': { type: 'string' },
      scope: { type: 'string', multiple: true, default: [] },
      scopes: { type: 'string', default: '' },
      disabled: { type: 'boolean', default: false }
    })
    checkName(username)
    const user = {
      username,
      email: readText('email', values.email),
      full_name: readText('full-name', values['full-name']),
      disabled: values.disabled,
      scopes: readScopes([...values.scope, ...values.scopes.split(' ').filter(scope => scope !== '')])
    }
    const taken = new CommandError(`There is a user ${username} already.`)
    return async session => {
      const { users, changed } = session
      if (await users.find(username)) throw taken // sooner than a password is asked for
      const hash = await readNewHash(session, username)
      if (!(await users.add({ ...user, hash }))) throw taken
      changed({ event: 'add', username, outcome: 'added' }, `Added ${username}.`)
    }
  }
}
