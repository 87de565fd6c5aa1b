import type { Command } from './command.js'
import { commands } from './commands.js'
import { createTable } from './table.js'

/** How `npm run` and others call the command line, so that what is printed can be typed. */
export const programOf = (environment: Readonly<Record<string, string | undefined>>): string =>
  environment['npm_lifecycle_event'] === 'users' ? 'npm run users --' : 'node dist/users.js'

const indented = (lines: readonly string[]): string => lines.map(line => `  ${line}`).join('\n')

/** The help of all commands. */
export const help = (program: string): string => {
  const rows = Array.from(commands, ([word, { says }]) => [word, says])
  return `Usage: ${program} COMMAND

${indented(createTable()(rows))}

\`COMMAND --help\` says what a command takes. The users are in the database of DATABASE_URL,
or of the file that DATABASE_URL_FILE names.
Exit codes: 0 done, 1 couldn't be done, 2 asked wrongly.
`
}

/** The help of one command. */
export const helpOf = (program: string, word: string, { usage, says, details = [] }: Command): string =>
  `Usage: ${program} ${word} ${usage}

${indented([says, ...details])}
`
