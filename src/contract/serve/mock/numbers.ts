import type { Node } from '../../openapi/node.js'
import type { Choice } from './choice.js'
import { numbersAt } from './keyword.js'

const decimalsOf = (value: number): number => {
  const [digits = '', exponent = '0'] = String(value).split('e')
  return Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent))
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b))

/** The smallest number of which all the others are divisors: decimals are counted in units of the last place. */
const commonMultiple = (steps: readonly number[], scale: number): number =>
  steps.map(step => Math.round(step * scale)).reduce((a, b) => (a * b) / greatestDivisor(a, b), 1) / scale

/** How many numbers are tried, one after the other. */
const tries = 250
const few = 10

/** Numbers that keep to the bounds of all of these schemas, if there are any; not each of them does. */
export function* numbers(schemas: readonly Node[], isInteger: boolean, choice: Choice): Generator<number> {
  const least = Math.max(...numbersAt(schemas, 'minimum'), ...numbersAt(schemas, 'exclusiveMinimum'))
  const most = Math.min(...numbersAt(schemas, 'maximum'), ...numbersAt(schemas, 'exclusiveMaximum'))
  const asked = numbersAt(schemas, 'multipleOf').filter(step => step > 0)
  const steps = isInteger ? [...asked, 1] : asked
  const decimals = Math.min(20, Math.max(0, ...steps.map(decimalsOf)))
  const step = steps.length === 0 ? 1 : commonMultiple(steps, 10 ** decimals)
  const multiple = (count: number): number => Number((count * step).toFixed(decimals))

  const from = Number.isFinite(least) ? Math.ceil(least / step) : -Infinity
  const to = Number.isFinite(most) ? Math.floor(most / step) : Infinity
  if (choice.isRandom) {
    const low = Number.isFinite(from) ? from : Number.isFinite(to) ? to - 1000 : 0
    const high = Math.min(to, low + 1000)
    for (let i = 0; i < 10; i++) yield multiple(low + choice.below(high - low + 1))
  }
  const one = Math.max(from, Math.min(to, Math.ceil(1 / step)))
  const rest = [least, most, (least + most) / 2].filter(Number.isFinite)
  yield multiple(one)
  yield multiple(one + 1)
  if (!isInteger) yield* rest
  // Small positive ones first, then those on both sides.
  for (let i = 2; i < few && one + i <= to; i++) yield multiple(one + i)
  for (let i = 1; i < tries; i++) {
    if (one - i >= from) yield multiple(one - i)
    if (one + few + i - 1 <= to) yield multiple(one + few + i - 1)
  }
}
