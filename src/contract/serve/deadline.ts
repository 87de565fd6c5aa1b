/** What is waited for. The deadline keeps its notes in it, because looking it up would cost more. */
export interface Awaited {
  /** Where it is among all; -1 if it isn't waited for. */
  place: number
  /** When the timer first found it, in milliseconds. */
  since: number
  /** Whether it waits for a client who sends an upload: that is nobody's delay. */
  readonly isComing: boolean
}

/**
 * Tells of what isn't done in time. There is one timer for all, and none while there is nothing to wait for: a timer for
 * each would cost more than most of what they wait for, which is done at once.
 */
export class Deadline<One extends Awaited> {
  readonly #milliseconds: number
  readonly #onLate: (one: One) => void
  readonly #all: One[] = []
  #isTimed = false

  constructor(milliseconds: number, onLate: (one: One) => void) {
    this.#milliseconds = milliseconds
    this.#onLate = onLate
  }

  begin(one: One): void {
    one.place = this.#all.push(one) - 1
    if (!this.#isTimed) this.#lookLater()
  }

  /** @returns whether it is done in time */
  end(one: One): boolean {
    const { place } = one
    if (place < 0) return false
    const last = this.#all.pop()
    if (last && last !== one) {
      this.#all[place] = last
      last.place = place
    }
    one.place = -1
    return true
  }

  #lookLater(): void {
    this.#isTimed = true
    setTimeout(() => this.#look(), Math.min(1000, this.#milliseconds / 4)).unref()
  }

  #look(): void {
    const now = performance.now()
    for (const one of this.#all.slice()) {
      if (one.since === 0 || one.isComing) one.since = now
      else if (now - one.since >= this.#milliseconds && this.end(one)) this.#onLate(one)
    }
    if (this.#all.length > 0) this.#lookLater()
    else this.#isTimed = false
  }
}
