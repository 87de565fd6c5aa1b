/** How many connections have their turn before what others have sent is read. */
const atOnce = 8

/**
 * Lets connections have their next turn, few at a time: a hundred that pipeline would otherwise hold up all others for as
 * long as a hundred requests take. Node accepts one new connection between two of these times, so that while some come
 * there is one turn at a time: whoever is the last of a hundred would wait for eight hundred.
 */
export class TurnQueue {
  readonly #waiting: (() => void)[] = []
  #hasNew = false

  add(turn: () => void): void {
    this.#waiting.push(turn)
    if (this.#waiting.length === 1) setImmediate(() => this.#next())
  }

  /** Has to be told of each new connection. */
  connected(): void {
    this.#hasNew = true
  }

  #next(): void {
    const turns = this.#waiting.splice(0, this.#hasNew ? 1 : atOnce)
    this.#hasNew = false
    if (this.#waiting.length > 0) setImmediate(() => this.#next()) // also if one of these throws
    for (const turn of turns) turn()
  }
}
