/** Handlers for the operations that a made contract has on top of the two of the chapter: see `contracts.ts`. */

/** What a made operation answers, where its path has an `id` and where it has none. */
const answer = (number, id) => {
  const resource = { id: Number(id ?? number), name: `Resource ${number}`, tags: ['made'] }
  return id === undefined ? { items: [resource], next: null } : resource
}

/**
 * The handlers of the made operations, by operationId. How many operations the contract has in all, the chapter's two
 * among them, is told by `OPERATIONS`. `wrap` makes a handler from a function of the path parameter `id`, a string or a
 * number, to the body of a 200.
 */
export const resourceHandlers = wrap => {
  const count = Number(process.env.OPERATIONS ?? 2)
  const numbers = Array.from({ length: Math.max(0, count - 2) }, (_, index) => index + 1)
  return Object.fromEntries(numbers.map(number => [`resource${number}`, wrap(id => answer(number, id))]))
}
