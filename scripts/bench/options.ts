import { OptionError, readArguments, wholeNumber } from '../lib/options.js'
import { exchangesOf } from './exchanges.js'
import { nodeHttp, type Peer } from './servers.js'

export const help = `npm run bench -- [options]

  (none)                compares this server with others: CPU per request, requests/s, latency, memory
  --operations 2,5000   compares contracts with that many operations instead: CPU per request, and the start
  --real                real users instead, in a SQLite database: CPU of GET /users/me beside Fastify with @fastify/jwt,
                        logins/s beside argon2 alone, and whether the time of a refused login tells why

  --rounds 5            how often each server has its turn
  --only name,name      only these servers: node:http, fastify, openapi-backend, express-openapi-validator, this;
                        with --real only these parts: reads, logins, guesses
  --samples 2000        how many logins of each kind are refused, with --real: 2,000 take about three minutes
  --peer "name=command" one more server, whatever --only says, started with {port} in its command and PORT in its
                        environment:
                        --peer "FastAPI=uvicorn main:app --port {port} --no-access-log"
`

const peer = (text: string): Peer => {
  const at = text.indexOf('=')
  const [name, command] = [text.slice(0, at).trim(), text.slice(at + 1)]
  if (at < 1 || !command.includes('{port}')) throw new OptionError('--peer takes "name=command with {port}".')
  return { name, title: name, base: nodeHttp, launch: { command: ['sh', '-c', command] }, exchanges: exchangesOf(2) }
}

const list = (text: string): string[] => text.match(/[^,\s]+/g) ?? []

/**
 * What is measured: `only` names servers, or parts if users are `real`; `operations` are sizes of contracts, which are
 * compared instead of servers.
 */
export type Options = NonNullable<ReturnType<typeof readOptions>>

/**
 * Reads the command line; `undefined` if help is asked for.
 *
 * @throws {OptionError}
 */
export const readOptions = (args: readonly string[]) => {
  const values = readArguments(args, {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    peer: { type: 'string', multiple: true, default: [] },
    operations: { type: 'string' },
    real: { type: 'boolean', default: false },
    samples: { type: 'string' }
  })
  if (!values) return undefined
  const sizes = values.operations && list(values.operations).map(text => wholeNumber('operations', text, 2))
  if (sizes && values.peer.length > 0) throw new OptionError('--peer takes no --operations.')
  if (values.real && (sizes ?? values.peer.length > 0))
    throw new OptionError('--real takes no --operations, no --peer.')
  if (values.samples !== undefined && !values.real) throw new OptionError('--samples goes with --real.')
  return {
    real: values.real,
    samples: wholeNumber('samples', values.samples ?? '2000', 2),
    rounds: wholeNumber('rounds', values.rounds, 1),
    only: list(values.only),
    peers: values.peer.map(peer),
    operations: sizes ? [...new Set(sizes)].sort((a, b) => a - b) : undefined
  }
}
