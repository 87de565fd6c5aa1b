/** Chooses among what would all do. */
export interface Choice {
  /** Whether one choice differs from the next. */
  readonly isRandom: boolean
  /** A whole number from 0 up to, and without, `count`. */
  readonly below: (count: number) => number
}

/** Always the first. */
export const firstChoice: Choice = { isRandom: false, below: () => 0 }

/** Another choice each time, and the same ones for the same seed: a linear congruential generator modulo 2^32. */
export const randomChoice = (seed: number): Choice => {
  let state = (seed * 2_654_435_761) >>> 0
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  next() // small seeds differ only in their low bits at first
  return { isRandom: true, below: count => Math.floor(next() * count) }
}
