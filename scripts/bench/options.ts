import { parseArgs } from 'node:util'

/** What is measured: the servers side by side, growth with the number of operations, starting up, or memory. */
export type Mode = 'peers' | 'growth' | 'boot' | 'memory'

export interface Options {
  readonly mode: Mode
  readonly rounds: number
  /** How long one server is loaded with one kind of request in one round, in seconds. */
  readonly seconds: number
  /** How many connections are kept alive. */
  readonly connections: number
  /** Names of the servers to measure; empty for all. */
  readonly only: readonly string[]
  /** Further servers: a name, and a shell command with `{port}` in it. */
  readonly peers: readonly { readonly name: string; readonly command: string }[]
  /** Sizes of contracts, in operations. */
  readonly operations: readonly number[]
  /** The file that the results are written to. */
  readonly json: string | undefined
}

/** What is wrong with the command line. */
export class OptionError extends Error {
  override readonly name = 'OptionError'
}

export const help = `npm run bench -- [options]

  (none)                compares this server with others: CPU per request, requests/s, latency, memory
  --operations 2,200    compares contracts with that many operations instead
  --boot                times starting up instead, with each of --operations (default 2,1000)
  --memory              weighs this server after 10,000 and after 1,000,000 requests instead

  --rounds 5            how often each server has its turn
  --seconds 1           how long a turn lasts for each kind of request; CPU time is counted in steps of 10 ms
  --connections 20      how many connections are kept alive
  --only name,name      only these servers: node:http, fastify, express, openapi-backend, express-openapi-validator, this
  --peer "name=command" one more server, whatever --only says, started with {port} in its command and PORT in its
                        environment:
                        --peer "FastAPI=uvicorn main:app --port {port} --no-access-log"
  --json file           writes the results as JSON, too
`

const positive = (name: string, text: string, least: number): number => {
  const value = Number(text)
  if (!(value >= least)) throw new OptionError(`--${name} is ${JSON.stringify(text)}; it takes a number from ${least}.`)
  return value
}

const whole = (name: string, text: string, least: number): number => {
  const value = positive(name, text, least)
  if (!Number.isInteger(value)) throw new OptionError(`--${name} takes a whole number.`)
  return value
}

const peer = (text: string): Options['peers'][number] => {
  const at = text.indexOf('=')
  const [name, command] = [text.slice(0, at).trim(), text.slice(at + 1)]
  if (at < 1 || !command.includes('{port}')) throw new OptionError('--peer takes "name=command with {port}".')
  return { name, command }
}

const list = (text: string): string[] =>
  text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')

const parse = (args: string[]) => {
  try {
    return parseArgs({
      args,
      options: {
        rounds: { type: 'string', default: '5' },
        seconds: { type: 'string', default: '1' },
        connections: { type: 'string', default: '20' },
        only: { type: 'string', default: '' },
        peer: { type: 'string', multiple: true, default: [] },
        operations: { type: 'string' },
        boot: { type: 'boolean', default: false },
        memory: { type: 'boolean', default: false },
        json: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false }
      }
    }).values
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error))
  }
}

/**
 * Reads the command line; `undefined` if help is asked for.
 *
 * @throws {OptionError}
 */
export const readOptions = (args: string[]): Options | undefined => {
  const values = parse(args)
  if (values.help) return undefined
  if (values.boot && values.memory) throw new OptionError('--boot and --memory are two runs.')
  if (values.memory && values.operations !== undefined) throw new OptionError('--memory takes no --operations.')
  const fixed = values.boot || (values.operations !== undefined && !values.memory)
  if (fixed && values.peer.length > 0) throw new OptionError('--peer takes no --boot and no --operations.')
  const sizes = list(values.operations ?? '2,1000').map(text => whole('operations', text, 2))
  const grows = values.operations !== undefined ? 'growth' : 'peers'
  return {
    mode: values.boot ? 'boot' : values.memory ? 'memory' : grows,
    rounds: whole('rounds', values.rounds, 1),
    seconds: positive('seconds', values.seconds, 0.1),
    connections: whole('connections', values.connections, 1),
    only: list(values.only),
    peers: values.peer.map(peer),
    operations: [...new Set(sizes)].sort((a, b) => a - b),
    json: values.json
  }
}
