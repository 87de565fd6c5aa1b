/** Lets Jest run tests in the order in which it is told their names. */
const placeOf = ({ path }) => process.argv.findIndex(argument => path.endsWith(`/${argument}`))

export default class AsNamed {
  sort(tests) {
    return tests.toSorted((a, b) => placeOf(a) - placeOf(b))
  }

  allFailedTests(tests) {
    return tests
  }

  cacheResults() {}
}
