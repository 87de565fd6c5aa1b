import { readArguments } from './arguments.js'
import { ask } from './ask.js'
import type { Command } from './command.js'
import { noSuchUser, CommandError } from './command-error.js'
import { printable } from '../printable.js'

export const remove: Command = {
  usage: 'NAME [--yes]',
  says: 'Removes a user, and ends all tokens.',
  details: ['Asks at a terminal, unless --yes; elsewhere it takes --yes.'],
  read: args => {
    const { values, username } = readArguments(args, 'NAME', { yes: { type: 'boolean' } })
    return async ({ users, machine, changed }) => {
      if (!values.yes && !machine.stdin.isTTY) {
        throw new CommandError('There is no terminal to ask at: --yes removes without asking.', 2)
      }
      if (!(await users.find(username))) throw noSuchUser(username)
      if (!values.yes) {
        const [answer = ''] = await ask(machine, [`Remove ${printable(username)} for good? (y/N) `], false)
        if (!/^y(es)?$/i.test(answer.trim())) throw new CommandError('Nothing was changed.')
      }
      if (!(await users.remove(username))) throw noSuchUser(username)
      changed({ event: 'remove', username, outcome: 'removed' }, `Removed ${username}.`)
    }
  }
}
