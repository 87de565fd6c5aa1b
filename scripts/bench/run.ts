import type { Cores } from './cores.js'
import type { LoadGenerator } from './load.js'
import type { Options } from './options.js'

/** What every kind of run gets. */
export interface Run {
  readonly options: Options
  readonly load: LoadGenerator
  /** Where it is pinned to; a reason in words if it isn't. */
  readonly cores: Cores | string
}

/** What every kind of run gives: a text to print, and the same as data for `--json`. */
export interface Result {
  readonly text: string
  readonly data: unknown
}

/** The core that servers run on, if they are pinned to one. */
export const serverCore = ({ cores }: Run): number | undefined => (typeof cores === 'string' ? undefined : cores.server)
