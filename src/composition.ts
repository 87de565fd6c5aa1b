import type { Counter } from './auth/counter.js'
import type { Config } from './config.js'
import type { Contract, Problems } from './contract/index.js'
import type { Log } from './log.js'
import type { Measure } from './management/measure.js'
import type { Look } from './management/readiness.js'

/** What a server is made of besides its contract and its handlers. */
export interface Composition<Services> {
  /** What handlers get as their second argument. */
  readonly services: Services
  /** The words of the server's own replies: 404, 405, 413, 415, 422, 500 and the refusals of security handlers. */
  readonly problems: Problems
  /** What is printed at start about the services that were chosen, a line each. */
  readonly notices?: readonly string[]
  /** Documents of JSON that are served beside the contract, by their paths. */
  readonly documents?: Readonly<Record<string, unknown>>
  /** A look at each part without which no request can be answered, by its name. */
  readonly looks?: Readonly<Record<string, Look>>
  /** What operators may want to know of the services. */
  readonly measures?: readonly Measure[]
  /** Closes what the services hold open. Called when no request is in flight any more. */
  readonly close?: () => Promise<void>
}

/** What services may need besides the configuration. */
export interface Surroundings {
  /** The contract as it is served now. */
  readonly contract: () => Contract | undefined
  /** Takes lines to log. */
  readonly log: Log
  /** Makes what counts for all workers of a machine, in windows of so many minutes. By default there is one worker. */
  readonly counter?: (minutes: number) => Counter
}

/** A composition root: see `services.ts`. */
export type Compose<Services> = (config: Config, surroundings: Surroundings) => Promise<Composition<Services>>
