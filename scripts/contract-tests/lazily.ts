import * as fc from 'fast-check'

/** Values whose arbitrary is made when the first of them is: what can't be made then fails one test, and not all. */
export const lazily = <T>(make: () => fc.Arbitrary<T>): fc.Arbitrary<T> => {
  let made: fc.Arbitrary<T> | undefined
  return fc.constant(undefined).chain(() => (made ??= make()))
}
