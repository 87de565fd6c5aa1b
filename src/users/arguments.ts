import { parseArgs, type ParseArgsConfig } from 'node:util'
import { CommandError } from './command-error.js'

type Options = NonNullable<ParseArgsConfig['options']>

/**
 * Reads what follows the word of a command: the options as `parseArgs` of `node:util` takes them, NAME if `takes` says
 * so, and what comes after it. No message repeats a value: it may be a password in the wrong place.
 *
 * @throws {CommandError}
 */
export const readArguments = <const T extends Options>(
  args: readonly string[],
  takes: 'nothing' | 'NAME' | 'NAME and more',
  options: T
) => {
  if (args.some(arg => /^--password(=|$)/.test(arg))) {
    throw new CommandError(
      'A password is no argument, since others can read it there (by ps, in the history of the shell): without it you are asked, or it is read from standard input.',
      2
    )
  }
  const { values, positionals } = parsed(args, options)
  const [username = '', ...rest] = positionals
  if (takes === 'nothing' && positionals.length > 0) throw new CommandError('It takes options only.', 2)
  if (takes !== 'nothing' && username === '') throw new CommandError('NAME is missing.', 2)
  if (takes === 'NAME' && rest.length > 0)
    throw new CommandError('It takes one NAME: put what has blanks into quotes.', 2)
  return { values, username, rest }
}

const parsed = <const T extends Options>(args: readonly string[], options: T) => {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    const { message } = Object(error) as Error
    throw new CommandError(`${message.split(/\. |\.?\n|\.$/, 1)[0] ?? ''}.`, 2) // what follows is advice about dashes
  }
}
