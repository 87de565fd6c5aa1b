import { showProgress } from '../lib/progress.js'
import { type Cores } from './cores.js'
import type { Options } from './options.js'
import { measureGuesses } from './real/guesses.js'
import { measureLogins } from './real/logins.js'
import { reportOfGuesses, reportOfLogins } from './real/report.js'
import { makeRealUsers, type RealUsers } from './real/users.js'
import { measureScenarios } from './run.js'
import { thisWith } from './scenarios/real.js'
import { type RunningServer, startServer } from './start.js'

/** Starts this server, lets it be measured, and stops it. */
const withThisServer = async <Result>(
  users: RealUsers,
  cores: readonly number[] | undefined,
  measuring: (server: RunningServer) => Promise<Result>
): Promise<Result> => {
  const { title, launch } = thisWith(users)
  showProgress('Starting', title)
  const server = await startServer(launch, [users.read], cores)
  if (typeof server === 'string') throw new Error(`this server: ${server}`)
  try {
    return await measuring(server)
  } finally {
    await server.stop()
  }
}

/**
 * Measures this server with real users: reads with a token beside other servers, logins beside reads, and guesses.
 * Logins have all cores, for hashing uses them; for the others the server has one. Tells a table of each part.
 */
export const measureReal = async (
  { only, rounds, samples }: Options,
  cores: Cores | undefined,
  tell: (report: string) => void
): Promise<void> => {
  const asked = (part: string): boolean => only.length === 0 || only.includes(part)

  if (asked('reads')) await measureScenarios({ scenarios: ['real'], only: [], peers: [], rounds }, cores, tell)
  if (!asked('logins') && !asked('guesses')) return
  const users = await makeRealUsers()
  if (asked('logins')) {
    const logins = await withThisServer(users, cores?.all, server =>
      measureLogins(server, users, { rounds, cores: cores?.all })
    )
    tell(reportOfLogins(logins))
  }
  if (asked('guesses')) {
    const guesses = await withThisServer(users, cores && [cores.server], server =>
      measureGuesses(server, users, samples)
    )
    tell(reportOfGuesses(guesses))
  }
}
