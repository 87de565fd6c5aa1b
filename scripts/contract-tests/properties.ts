import * as fc from 'fast-check'
import { ContractViolation } from './violation.js'

/** How many requests to make, and of what. */
export interface Sampling {
  readonly runs: number
  readonly seed: number
  /** How long the random requests to an operation that issues tokens may take: real hashes are slow on purpose. */
  readonly seconds?: number | undefined
}

/**
 * Tries something on many values. What it throws is thrown once more, for the simplest value for which it does, with
 * what it takes to see it again. Once the seconds are over, no value is tried any more.
 *
 * @returns how many were tried
 */
export const forAll = async <T>(
  values: fc.Arbitrary<T>,
  { runs, seed, seconds = Infinity }: Sampling,
  tryOne: (value: T) => Promise<void>
): Promise<number> => {
  const end = performance.now() + seconds * 1000
  let tried = 0
  const inTime = async (value: T): Promise<void> => {
    if (performance.now() > end) return
    tried++
    await tryOne(value)
  }
  const details = await fc.check(fc.asyncProperty(values, inTime), { numRuns: runs, seed })
  if (!details.failed) return tried
  const { errorInstance: error, numRuns, numShrinks } = details
  if (!(error instanceof ContractViolation)) throw error
  const found = `Found by request ${numRuns} and simplified ${numShrinks} times; the same again with CONTRACT_SEED=${seed}`
  throw new ContractViolation(`${error.message}\n\n${found}`, error.pointers)
}

const defaultRuns = 500
/** How many random requests to all operations a mock gets by and large: it is the contract that is tried, more than it. */
const mostOfMock = 5_000

/** How many random requests to each operation a mock gets: of a large contract as many as a minute allows. */
export const runsOfMock = (operations: number): number =>
  Math.min(defaultRuns, Math.max(20, Math.ceil(mostOfMock / Math.max(1, operations))))

const wholeNumber = (
  environment: Readonly<Record<string, string | undefined>>,
  name: string,
  otherwise: number,
  least: number
): number => {
  const text = environment[name]
  if (text === undefined || text === '') return otherwise
  if (!/^\d{1,9}$/.test(text) || Number(text) < least) {
    throw new TypeError(`${name} is ${JSON.stringify(text)}; it takes a whole number from ${least}.`)
  }
  return Number(text)
}

/**
 * How many requests an environment asks for (`CONTRACT_RUNS`), from which seed (`CONTRACT_SEED`), and how
 * long random logins may take (`CONTRACT_SECONDS`, 5 otherwise).
 *
 * @param runs how many where it asks for none
 * @throws {TypeError} if one isn't a whole number
 */
export const samplingOf = (
  environment: Readonly<Record<string, string | undefined>>,
  runs: number = defaultRuns
): Sampling => ({
  runs: wholeNumber(environment, 'CONTRACT_RUNS', runs, 1),
  seed: wholeNumber(environment, 'CONTRACT_SEED', 1, 0),
  seconds: wholeNumber(environment, 'CONTRACT_SECONDS', 5, 1)
})
