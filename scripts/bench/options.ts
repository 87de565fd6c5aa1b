import { OptionError, positive, readArguments, wholeNumber } from '../lib/options.js'
import { nodeHttp, type Peer } from './servers.js'

export interface Options {
  readonly rounds: number
  /** How long one server is loaded with one kind of request in one round, in seconds. */
  readonly seconds: number
  /** Names of the servers to measure; empty for all. */
  readonly only: readonly string[]
  /** Further servers, which are measured whatever `only` says. */
  readonly peers: readonly Peer[]
  /** Sizes of contracts, in operations, that are compared instead of servers. */
  readonly operations: readonly number[] | undefined
}

export const help = `npm run bench -- [options]

  (none)                compares this server with others: CPU per request, requests/s, latency, memory
  --operations 2,5000   compares contracts with that many operations instead: CPU per request, and the start

  --rounds 5            how often each server has its turn
  --seconds 1           how long a turn lasts for each kind of request; CPU time is counted in steps of 10 ms
  --only name,name      only these servers: node:http, fastify, openapi-backend, express-openapi-validator, this
  --peer "name=command" one more server, whatever --only says, started with {port} in its command and PORT in its
                        environment:
                        --peer "FastAPI=uvicorn main:app --port {port} --no-access-log"
`

const peer = (text: string): Peer => {
  const at = text.indexOf('=')
  const [name, command] = [text.slice(0, at).trim(), text.slice(at + 1)]
  if (at < 1 || !command.includes('{port}')) throw new OptionError('--peer takes "name=command with {port}".')
  return { name, title: name, base: nodeHttp, launch: { command: ['sh', '-c', command] }, operations: 2 }
}

const list = (text: string): string[] => text.match(/[^,\s]+/g) ?? []

/**
 * Reads the command line; `undefined` if help is asked for.
 *
 * @throws {OptionError}
 */
export const readOptions = (args: readonly string[]): Options | undefined => {
  const values = readArguments(args, {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    peer: { type: 'string', multiple: true, default: [] },
    operations: { type: 'string' }
  })
  if (!values) return undefined
  const sizes = values.operations && list(values.operations).map(text => wholeNumber('operations', text, 2))
  if (sizes && values.peer.length > 0) throw new OptionError('--peer takes no --operations.')
  return {
    rounds: wholeNumber('rounds', values.rounds, 1),
    seconds: positive('seconds', values.seconds, 0.1),
    only: list(values.only),
    peers: values.peer.map(peer),
    operations: sizes ? [...new Set(sizes)].sort((a, b) => a - b) : undefined
  }
}
