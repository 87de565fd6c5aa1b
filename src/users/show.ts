import { readArguments } from './arguments.js'
import type { Command } from './command.js'
import { noSuchUser } from './command-error.js'
import { printable, printableJson } from '../printable.js'
import { stateOf, userJson } from './shown-user.js'
import { styleOf } from '../style.js'
import { createTable } from './table.js'
import { shownScopes } from './user-fields.js'

export const show: Command = {
  usage: 'NAME [--json]',
  says: 'Shows one user.',
  details: ['--json  one object, for programs'],
  read: args => {
    const { values, username } = readArguments(args, 'NAME', { json: { type: 'boolean' } })
    return async ({ users, machine }) => {
      const account = await users.find(username)
      if (!account) throw noSuchUser(username)
      if (values.json) {
        machine.stdout.write(`${printableJson(userJson(account), 2)}\n`)
        return
      }
      const { full_name, email } = account.user
      const rows = [
        ['Name', username],
        ['Full name', full_name ?? 'none'],
        ['Email', email ?? 'none'],
        ['State', stateOf(account)],
        ['Scopes', shownScopes(account.scopes)]
      ]
      const { bold } = styleOf(machine)
      const labelled = (row: string): string => row.replace(/^(?:Full )?\w+/, bold)
      const lines = createTable()(rows.map(row => row.map(printable))).map(labelled)
      machine.stdout.write(`${lines.join('\n')}\n`)
    }
  }
}
