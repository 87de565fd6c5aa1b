import { readArguments } from './arguments.js'
import type { Command } from './command.js'
import { noSuchUser } from './command-error.js'
import { readScopes, shownScopes } from './user-fields.js'

export const scopes: Command = {
  usage: 'NAME [SCOPE]...',
  says: 'Sets what a user may be granted to exactly these scopes, and ends all tokens.',
  details: ['Without SCOPE it takes all scopes away; `show` shows them.'],
  read: args => {
    const { username, rest } = readArguments(args, 'NAME and more', {})
    const after = readScopes(rest)
    return async ({ users, say, changed }) => {
      const account = await users.find(username)
      if (!account) throw noSuchUser(username)
      const [was, is] = [shownScopes(account.scopes), shownScopes(after)]
      if (was === is) {
        say(`Scopes of ${username}: ${is}, as before.`)
        return
      }
      if (!(await users.change(username, { scopes: after }))) throw noSuchUser(username)
      changed(
        { event: 'scopes', username, outcome: 'changed' },
        `Scopes of ${username}: ${was} → ${is}. All tokens have ended.`
      )
    }
  }
}
