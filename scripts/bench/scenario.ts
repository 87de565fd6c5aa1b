import type { Exchanges } from './exchanges.js'
import type { Peer } from './servers.js'

/** What the CPU time of a server is divided by. */
export interface Ratio {
  /** Whom it is to, in a word or two. */
  readonly to: string
  /** Whether `base` is the one that a server is compared with. The first that is counts. */
  readonly isBase: (base: Peer, server: Peer) => boolean
}

/** Work that people have: what is asked, and of whom. */
export interface Work {
  readonly exchanges: Exchanges
  readonly servers: readonly Peer[]
  readonly ratios: readonly Ratio[]
}

/** Work by the name that `--scenario` calls it. */
export interface Scenario extends Work {
  readonly name: string
}

/** The ratio to the server with this name. */
export const ratioTo = (to: string, name: string): Ratio => ({ to, isBase: base => base.name === name })

/** What all servers do by hand at least, and what the nearest of the others does. */
export const usualRatios: readonly Ratio[] = [ratioTo('× node', 'node:http'), ratioTo('× Fastify', 'fastify')]
