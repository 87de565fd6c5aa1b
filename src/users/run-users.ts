import { authLog } from '../auth/auth-log.js'
import { ConfigError, readConfig } from '../config.js'
import { Unavailable } from '../unavailable.js'
import type { Machine, Session } from './command.js'
import { type ExitCode, CommandError } from './command-error.js'
import { commands } from './commands.js'
import { help, helpOf, programOf } from './help.js'
import { printable } from '../printable.js'

/** Does what a command line asks for. Returns what to exit with; what nobody expected is thrown. */
export const runUsers = async (args: readonly string[], machine: Machine): Promise<ExitCode> => {
  const { environment, stdout, stderr } = machine
  const program = programOf(environment)
  const [word = '', ...rest] = args
  if (word === '') {
    stderr.write(help(program))
    return 2
  }
  const command = commands.get(word)
  try {
    if (word === '--help' || word === '-h') {
      stdout.write(help(program))
    } else if (!command) {
      throw new CommandError(`${word} is no command.`, 2)
    } else if (asksForHelp(rest)) {
      stdout.write(helpOf(program, word, command))
    } else {
      await inSession(machine, command.read(rest))
    }
    return 0
  } catch (error) {
    if (error instanceof CommandError) {
      const hint = error.exitCode === 2 ? ` See ${[program, ...(command ? [word] : []), '--help'].join(' ')}` : ''
      stderr.write(`${printable(error.message)}${hint}\n`)
      return error.exitCode
    }
    if (error instanceof ConfigError) {
      stderr.write(`${error.message}\n`)
      return 1
    }
    if (error instanceof Unavailable) {
      stderr.write(`${error.message.replace(/\.$/, '')}: try again later.\n`)
      return 1
    }
    throw error
  }
}

const asksForHelp = (args: readonly string[]): boolean => {
  const end = args.indexOf('--')
  return args.slice(0, end < 0 ? undefined : end).some(arg => arg === '--help' || arg === '-h')
}

const inSession = async (machine: Machine, work: (session: Session) => Promise<void>): Promise<void> => {
  const { environment, stdout, stderr, by } = machine
  const config = readConfig(environment)
  if (config.databaseUrl === '') {
    throw new ConfigError(
      "DATABASE_URL isn't set, which says where the users are: take the server's, such as sqlite:data/users.db."
    )
  }
  // Help and mistakes needn't wait for all this to be loaded.
  const { openDatabase } = await import('../database/open-database.js')
  const { createLog } = await import('../log.js')
  const database = await openDatabase(config.databaseUrl, () => undefined)
  const { users } = database
  const log = authLog(createLog({ level: 'info', stream: stderr }))
  const say = (sentence: string): void => void stdout.write(`${printable(sentence)}\n`)
  try {
    await work({
      machine,
      users,
      passwords: async () => (await import('../accounts.js')).openPasswords(config, users),
      say,
      changed: ({ event, username, outcome }, sentence) => {
        if (!stderr.isTTY) log({ event: `users.${event}`, username, outcome, by })
        say(sentence)
      }
    })
  } finally {
    await database.close()
  }
}
