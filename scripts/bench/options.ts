import { OptionError, readArguments, wholeNumber } from '../lib/options.js'
import { scenarios } from './scenarios.js'
import { type Peer, serverNames } from './servers.js'

export const help = `npm run bench -- [options]

Measures work that people have, by this server and by others, each answer checked before it is timed: CPU per request,
requests/s, latency, memory. All of it takes about ten minutes.

  --scenario name,name  only these:
                          chapter     GET /users/me and POST /token, with fake security
                          real        GET /users/me with a signed token, of users in a SQLite database
                          list        GET of 100 records of 12 fields
                          create      POST of 2 KiB of JSON with 20 rules
                          refuse      the same, of which three rules are broken
                          large       JSON of 512 KiB in and out; a file of 5 MiB up and down
                          many        the list in a contract of 1,000 operations
                          everything  list with a log line of each request, metrics, CORS and two workers
  --only name,name      only these servers: node:http, fastify, fastify-cache, hono, openapi-backend,
                        express-openapi-validator, this
  --rounds 5            how often each server has its turn
  --peer "name=command" one more server, whatever --only says, started with {port} in its command, and PORT, CONTRACT,
                        RECORDS and FILE in its environment:
                        --peer "FastAPI=uvicorn main:app --port {port} --no-access-log"
  --report FILE.html    a page of bars with their spread, which needs no other file
  --json FILE           what each round gave, for programs

  --real                real users instead, in a SQLite database: the scenario of that name, logins/s beside argon2
                        alone, and whether the time of a refused login tells why
  --only name,name      of these, only reads, logins or guesses
  --samples 2000        how many logins of each kind are refused: 2,000 take about three minutes
`

const peer = (text: string): Peer => {
  const at = text.indexOf('=')
  const [name, command] = [text.slice(0, at).trim(), text.slice(at + 1)]
  if (at < 1 || !command.includes('{port}')) throw new OptionError('--peer takes "name=command with {port}".')
  return { name, title: name, launch: { command: ['sh', '-c', command] } }
}

/** What can be asked for with `--only`, of real users. */
const parts = ['reads', 'logins', 'guesses']

const listOf = (option: string, text: string, names: readonly string[]): string[] => {
  const asked = text.toLowerCase().match(/[^,\s]+/g) ?? []
  const unknown = asked.filter(one => !names.includes(one))
  if (unknown.length === 0) return asked
  throw new OptionError(`--${option}: no ${unknown.join(', ')} here; there are ${names.join(', ')}.`)
}

/** What is measured: `only` names servers, or parts if users are `real`. */
export type Options = NonNullable<ReturnType<typeof readOptions>>

/**
 * Reads the command line; `undefined` if help is asked for.
 *
 * @throws {OptionError}
 */
export const readOptions = (args: readonly string[]) => {
  const values = readArguments(args, {
    scenario: { type: 'string', default: '' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    peer: { type: 'string', multiple: true, default: [] },
    report: { type: 'string' },
    json: { type: 'string' },
    real: { type: 'boolean', default: false },
    samples: { type: 'string' }
  })
  if (!values) return undefined
  const { report, json } = values
  if (values.real && (values.scenario !== '' || values.peer.length > 0 || (report ?? json) !== undefined))
    throw new OptionError('--real takes no --scenario, no --peer, no --report, no --json.')
  if (values.samples !== undefined && !values.real) throw new OptionError('--samples goes with --real.')
  return {
    scenarios: listOf('scenario', values.scenario, Object.keys(scenarios)),
    real: values.real,
    samples: wholeNumber('samples', values.samples ?? '2000', 2),
    rounds: wholeNumber('rounds', values.rounds, 1),
    only: listOf('only', values.only, values.real ? parts : serverNames),
    peers: values.peer.map(peer),
    report,
    json
  }
}
