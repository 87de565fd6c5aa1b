/** How many connections have their turn before what others have sent is read. */
const atOnce = 8

/**
 * Lets connections have their next turn, few at a time: a hundred that pipeline would otherwise hold up all others for as
 * long as a hundred requests take.
 */
export class TurnQueue {
  readonly #waiting: (() => void)[] = []

  add(turn: () => void): void {
    this.#waiting.push(turn)
    if (this.#waiting.length === 1) setImmediate(() => this.#next())
  }

  #next(): void {
    const turns = this.#waiting.slice(0, atOnce)
    for (const turn of turns) turn()
    this.#waiting.splice(0, turns.length)
    if (this.#waiting.length > 0) setImmediate(() => this.#next())
  }
}
