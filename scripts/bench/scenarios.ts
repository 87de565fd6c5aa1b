import { chapter } from './scenarios/chapter.js'
import { everything } from './scenarios/everything.js'
import { large } from './scenarios/large.js'
import { many } from './scenarios/many.js'
import { real } from './scenarios/real.js'
import { create, list, refuse } from './scenarios/records.js'
import type { Work } from './scenario.js'

/** All scenarios, by name. Each is made when it is its turn: that takes contracts, a database, and copies of the server. */
export const scenarios: Readonly<Record<string, () => Work | Promise<Work>>> = {
  chapter,
  real,
  list,
  create,
  refuse,
  large,
  many,
  everything
}
