/** The command line of users: `npm run users -- --help`. */
import { userInfo } from 'node:os'
import { runUsers } from './users/run-users.js'

/** The account of the machine that runs this. In a container it may have no name. */
const machineAccount = (): string => {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit() // nobody reads on, as with `| head`
})

const { env: environment, stdin, stdout, stderr } = process
process.exitCode = await runUsers(process.argv.slice(2), { environment, stdin, stdout, stderr, by: machineAccount() })
