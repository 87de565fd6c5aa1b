import { OptionError, readArguments, wholeNumber } from '../lib/options.js'

export const help = `npm run soak -- [options]

Starts the built server, without a database and with one in a temporary folder, and holds it to what the world will do
to it. Exit code 0 if all musts are kept, 1 if one isn't, 2 if it can't run.

  --minutes 2           how long all of it takes, about
  --requests 100000     so many fuzzed requests instead, in all
  --seed 1              what the random requests are made of; a new one each time unless it is given
  --only name,name      only these parts:
                          fuzz      requests of a grammar, good and broken, over raw sockets
                          greedy    clients that want all of it, beside a polite one
                          stops     SIGTERM under load, again and again
                          restarts  SIGHUP under load, again and again
  --stops 5             how often it is stopped, and restarted
  --workers 1           the setting WORKERS of the server
  --modes fake,real     without a database, with one, or both
  --server FILE.js      another server of the contract instead, run by node with HOST and PORT in its environment
  --report FILE.html    a page of all that was measured, which needs no other file
`

/** What can be asked for with `--only`, in the order in which it is done. */
export const parts = ['fuzz', 'greedy', 'stops', 'restarts'] as const
export type Part = (typeof parts)[number]

/** Whether there is a database. */
export const modes = ['fake', 'real'] as const
export type Mode = (typeof modes)[number]

const selected = <Name extends string>(option: string, text: string, names: readonly Name[]): readonly Name[] => {
  const asked = text.match(/[^,\s]+/g) ?? []
  const unknown = asked.filter(one => !names.some(name => name === one))
  if (unknown.length > 0)
    throw new OptionError(`--${option}: no ${unknown.join(', ')} here; there are ${names.join(', ')}.`)
  return asked.length === 0 ? names : names.filter(name => asked.some(one => one === name))
}

/**
 * Reads the command line; `undefined` if help is asked for.
 *
 * @throws {OptionError}
 */
export const readOptions = (args: readonly string[]) => {
  const values = readArguments(args, {
    minutes: { type: 'string', default: '2' },
    requests: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string', default: '' },
    stops: { type: 'string', default: '5' },
    workers: { type: 'string', default: '1' },
    modes: { type: 'string', default: '' },
    server: { type: 'string' },
    report: { type: 'string' }
  })
  if (!values) return undefined
  const { requests, seed, server, report } = values
  return {
    minutes: wholeNumber('minutes', values.minutes, 1),
    requests: requests === undefined ? undefined : wholeNumber('requests', requests, 1),
    seed: seed === undefined ? Math.floor(Math.random() * 1e9) : wholeNumber('seed', seed, 0),
    only: selected('only', values.only, parts),
    stops: wholeNumber('stops', values.stops, 1),
    workers: wholeNumber('workers', values.workers, 1),
    modes: selected('modes', values.modes, modes),
    server,
    report
  }
}

export type Options = NonNullable<ReturnType<typeof readOptions>>
