import { add } from './add.js'
import type { Command } from './command.js'
import { disable, enable } from './enable-disable.js'
import { list } from './list.js'
import { password } from './password.js'
import { remove } from './remove.js'
import { revoke } from './revoke.js'
import { scopes } from './scopes.js'
import { show } from './show.js'

/** All commands by their words, in the order of the help. */
export const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({ add, list, show, password, scopes, enable, disable, revoke, remove })
)
