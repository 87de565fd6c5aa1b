import * as fc from 'fast-check'

/**
 * Values whose arbitrary is made when the first of them is: what can't be made then fails one test, and not all. It may
 * be forgotten when its test is over, and made again: those of a contract with thousands of rules take gigabytes.
 */
export const lazily = <T>(make: () => fc.Arbitrary<T>): fc.Arbitrary<T> => {
  let made: WeakRef<fc.Arbitrary<T>> | undefined
  return fc.constant(undefined).chain(() => {
    const arbitrary = made?.deref() ?? make()
    made = new WeakRef(arbitrary)
    return arbitrary
  })
}
