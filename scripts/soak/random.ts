/** Random choices that are the same again for the same seed (mulberry32). */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** The choices of one of many things that are made of one seed, whatever came of the others. */
  static of(seed: number, index: number): Random {
    return new Random(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b))
  }

  /** A number from 0 to 1, without 1. */
  share(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.share() * (most - least + 1))
  }

  /** Whether something with this probability happens. */
  chance(probability: number): boolean {
    return this.share() < probability
  }

  /** One of a list that isn't empty. */
  pick<T>(list: readonly [T, ...T[]]): T
  pick<T>(list: readonly T[]): T | undefined
  pick<T>(list: readonly T[]): T | undefined {
    return list[this.between(0, list.length - 1)]
  }

  /** So many characters of an alphabet. */
  text(length: number, alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789'): string {
    let text = ''
    while (text.length < length) text += alphabet.charAt(this.between(0, alphabet.length - 1))
    return text
  }

  /** The list in another order. */
  shuffled<T>(list: readonly T[]): T[] {
    return list
      .map(one => ({ one, at: this.share() }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one)
  }

  /** The text with letters in upper or lower case at random. */
  cased(text: string): string {
    return text.replace(/[a-z]/gi, letter => (this.chance(0.5) ? letter.toUpperCase() : letter.toLowerCase()))
  }
}
