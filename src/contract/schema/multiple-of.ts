/** A decimal number as a whole number and a power of ten. */
const decimalOf = (value: number): readonly [digits: bigint, exponent: number] => {
  const [mantissa = '0', exponent = '0'] = String(value).split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  return [BigInt(whole + fraction), Number(exponent) - fraction.length]
}

/**
 * Whether a number is a multiple of another, as both are written in decimal: 19.99 of 0.01, which the remainder of
 * binary fractions denies.
 */
export const isMultipleOf = (value: number, divisor: number): boolean => {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0
  const [a, exponentOfA] = decimalOf(value)
  const [b, exponentOfB] = decimalOf(divisor)
  const shift = exponentOfA - exponentOfB
  // Numbers reach from 1e-324 to 1e308, so a shift has at most some 650 digits.
  return shift >= 0 ? (a * 10n ** BigInt(shift)) % b === 0n : a % (b * 10n ** BigInt(-shift)) === 0n
}
