import { parseArgs, type ParseArgsConfig } from 'node:util'

/** What is wrong with a command line, in one sentence. */
export class OptionError extends Error {
  override readonly name = 'OptionError'
}

const help = { help: { type: 'boolean', short: 'h', default: false } } as const

/** `parseArgs` adds advice about dashes and positional arguments, which these commands have no use for. */
const firstSentence = (text: string): string => `${text.split(/\. |\.?\n|\.$/, 1)[0] ?? ''}.`

/**
 * Reads a command line of options, described as `parseArgs` of `node:util` takes them, and of nothing else.
 * `undefined` if help is asked for, by `--help` or `-h`.
 *
 * @throws {OptionError}
 */
export const readArguments = <const T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T
) => {
  if (parseArgs({ args, options: help, strict: false }).values.help === true) return undefined
  try {
    return parseArgs({ args, options }).values
  } catch (error) {
    throw new OptionError(firstSentence(error instanceof Error ? error.message : String(error)))
  }
}

/**
 * The value of an option that takes a whole number, at least `least`.
 *
 * @throws {OptionError}
 */
export const wholeNumber = (name: string, text: string, least: number): number => {
  const value = text.trim() === '' ? NaN : Number(text)
  if (Number.isSafeInteger(value) && value >= least) return value
  throw new OptionError(`--${name} is ${JSON.stringify(text)}; it takes a whole number from ${least}.`)
}
