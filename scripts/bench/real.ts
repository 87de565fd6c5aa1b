import { OptionError } from '../lib/options.js'
import { showProgress } from '../lib/progress.js'
import { type Cores } from './cores.js'
import { startLoadGenerator } from './load.js'
import { measure } from './measure.js'
import type { Options } from './options.js'
import { measureGuesses } from './real/guesses.js'
import { measureLogins } from './real/logins.js'
import { reportOfGuesses, reportOfLogins } from './real/report.js'
import { makeRealUsers, type RealUsers } from './real/users.js'
import { reportOf } from './report.js'
import { type Peer, realServers } from './servers.js'
import { type RunningServer, startServer } from './start.js'

const parts = ['reads', 'logins', 'guesses'] as const

const measureReads = async (peers: readonly Peer[], rounds: number, cores: Cores | undefined): Promise<string> =>
  reportOf(await measure(peers, { rounds, load: startLoadGenerator(), cores: cores && [cores.server] }))

/** Starts this server, lets it be measured, and stops it. */
const withThisServer = async <Result>(
  peers: readonly Peer[],
  cores: readonly number[] | undefined,
  measuring: (server: RunningServer) => Promise<Result>
): Promise<Result> => {
  const peer = peers.find(({ name }) => name === 'this')
  if (!peer) throw new Error('This server is not among the servers')
  showProgress('Starting', peer.title)
  const server = await startServer(peer.launch, peer.exchanges, cores)
  if (typeof server === 'string') throw new Error(`this server: ${server}`)
  try {
    return await measuring(server)
  } finally {
    await server.stop()
  }
}

/**
 * Measures this server with real users: reads with a token beside other servers, logins beside reads, and guesses.
 * Logins have all cores, for hashing uses them; for the others the server has one.
 *
 * @returns a table for each part
 * @throws {OptionError} if `only` names another part
 */
export const measureReal = async (options: Options, cores: Cores | undefined): Promise<string> => {
  const { only, rounds, samples } = options
  const unknown = only.filter(name => !parts.some(part => part === name))
  if (unknown.length > 0) throw new OptionError(`--only: no ${unknown.join(', ')} here; there are ${parts.join(', ')}.`)
  const asked = (part: (typeof parts)[number]): boolean => only.length === 0 || only.includes(part)

  const users: RealUsers = await makeRealUsers()
  const peers = realServers(users)
  const tables: string[] = []
  if (asked('reads')) tables.push(await measureReads(peers, rounds, cores))
  if (asked('logins')) {
    const logins = await withThisServer(peers, cores?.all, server =>
      measureLogins(server, users, { rounds, cores: cores?.all })
    )
    tables.push(reportOfLogins(logins))
  }
  if (asked('guesses')) {
    const guesses = await withThisServer(peers, cores && [cores.server], server =>
      measureGuesses(server, users, samples)
    )
    tables.push(reportOfGuesses(guesses))
  }
  return tables.join('\n\n')
}
