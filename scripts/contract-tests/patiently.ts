import type * as fc from 'fast-check'

/** No value was found that is wanted. The message says what for. */
export class NothingFoundError extends Error {
  override readonly name = 'NothingFoundError'
}

/** How many values in a row may be left out before it is clear that none will do. */
const patience = 5_000

/**
 * The values that fit.
 *
 * @throws {NothingFoundError} with the complaint, from the values, if thousands in a row don't
 */
export const patiently = <T>(
  values: fc.Arbitrary<T>,
  fits: (value: T) => boolean,
  complaint: string
): fc.Arbitrary<T> => {
  let misses = 0
  return values.filter(value => {
    const fit = fits(value)
    misses = fit ? 0 : misses + 1
    if (misses > patience) throw new NothingFoundError(complaint)
    return fit
  })
}
