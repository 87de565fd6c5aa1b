import { chapter } from './scenarios/chapter.js'
import { everything } from './scenarios/everything.js'
import { large } from './scenarios/large.js'
import { many } from './scenarios/many.js'
import { real } from './scenarios/real.js'
import { create, list, refuse } from './scenarios/records.js'
import type { Scenario } from './scenario.js'

/** A scenario that is made when it is its turn: that takes contracts, a database, and copies of the server. */
interface Planned {
  readonly name: string
  readonly make: () => Scenario | Promise<Scenario>
}

/** All scenarios. */
export const scenarios: readonly Planned[] = [
  { name: 'chapter', make: chapter },
  { name: 'real', make: real },
  { name: 'list', make: list },
  { name: 'create', make: create },
  { name: 'refuse', make: refuse },
  { name: 'large', make: large },
  { name: 'many', make: many },
  { name: 'everything', make: everything }
]
