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
 * Reads a command line of one name at most, such as a file, and of flags.
 *
 * @throws {OptionError}
 */
export const readName = <Flag extends string>(args: readonly string[], ...flags: readonly Flag[]) => {
  const known = flags.map(flag => `--${flag}`)
  const isFlag = (arg: string): boolean => arg.startsWith('-')
  const unknown = args.find(arg => isFlag(arg) && !known.includes(arg))
  if (unknown !== undefined)
    throw new OptionError(`There is no ${unknown} here; there is ${known.join(', ') || 'none'}.`)
  const [name, ...more] = args.filter(arg => !isFlag(arg))
  if (more.length > 0) throw new OptionError(`One name is enough; ${more.join(' ')} is too much.`)
  return { name, has: (flag: Flag): boolean => args.includes(`--${flag}`) }
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
