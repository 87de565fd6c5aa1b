import * as fc from 'fast-check'

const names = ['x', 'otp', 'Username', 'user[name]', 'constructor', 'toString', 'a b', 'é']

/** Fields that the contract doesn't declare, which a server has to ignore: none, or one with an odd name. */
export const extraFields = (declared: readonly string[]): fc.Arbitrary<Record<string, string>> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(
          fc.constantFrom(...names.filter(name => !declared.includes(name))),
          fc.string({ minLength: 1, maxLength: 5 })
        )
        .map(([name, value]) => ({ [name]: value }))
    }
  )
