import { readArguments } from './arguments.js'
import type { Command } from './command.js'
import { noSuchUser } from './command-error.js'

const switching = (event: 'enable' | 'disable', disabled: boolean, says: string): Command => ({
  usage: 'NAME',
  says,
  read: args => {
    const { username } = readArguments(args, 'NAME', {})
    return async ({ users, say, changed }) => {
      const account = await users.find(username)
      if (!account) throw noSuchUser(username)
      if ((account.user.disabled === true) === disabled) {
        say(`${username} is ${event}d already.`)
        return
      }
      if (!(await users.change(username, { disabled }))) throw noSuchUser(username)
      changed(
        { event, username, outcome: `${event}d` },
        disabled ? `Disabled ${username}, whose tokens have ended.` : `Enabled ${username}.`
      )
    }
  }
})

export const enable = switching('enable', false, 'Lets a disabled user in again.')

export const disable = switching('disable', true, 'Lets a user do nothing any more, from the next request on.')
