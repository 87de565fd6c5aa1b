/** Handlers for the operations that a made contract has on top of those of `records.yaml`: see `contracts.ts`. */
import { madeOperations } from './records.js'

/** The numbers of the made operations. */
export const resources = Array.from({ length: madeOperations }, (_, index) => index + 1)

/** What a made operation answers, where its path has an `id` (its number is odd) and where it has none. */
export const readResource = (number, id) => {
  const resource = { id: Number(id ?? number), name: `Resource ${number}`, tags: ['made'] }
  return id === undefined ? { items: [resource], next: null } : resource
}

/**
 * The handlers of the made operations, by operationId. `wrap` makes a handler from a function of the path parameter
 * `id`, a string or a number, to the body of a 200.
 */
export const resourceHandlers = wrap =>
  Object.fromEntries(resources.map(number => [`resource${number}`, wrap(id => readResource(number, id))]))
