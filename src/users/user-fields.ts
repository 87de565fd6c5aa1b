import { CommandError } from './command-error.js'
import { isPrintable } from '../printable.js'

/** A scope token (RFC 6749 §3.3). */
const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]+$/

const longestName = 128
const longestText = 256

const isText = (text: string, longest: number): boolean =>
  text !== '' && text.trim() === text && isPrintable(text) && Array.from(text).length <= longest

/**
 * Checks the name of a new user. Names are exact, so one that could be typed in two ways isn't taken.
 *
 * @throws {CommandError}
 */
export const checkName = (name: string): void => {
  if (!isText(name, longestName)) {
    throw new CommandError(
      `A name takes 1 to ${longestName} characters, without control characters and blanks around.`,
      2
    )
  }
  if (name.normalize('NFC') !== name) {
    throw new CommandError(`A name takes its letters composed (Unicode NFC), as keyboards type them: ${name} isn't.`, 2)
  }
}

/**
 * What was given with an option such as `--email`; `null` if it wasn't.
 *
 * @throws {CommandError}
 */
export const readText = (option: string, text: string | undefined): string | null => {
  if (text === undefined) return null
  if (isText(text, longestText)) return text
  throw new CommandError(
    `--${option} takes 1 to ${longestText} characters, without control characters and blanks around.`,
    2
  )
}

/**
 * Scopes, each once.
 *
 * @throws {CommandError}
 */
export const readScopes = (tokens: readonly string[]): readonly string[] => {
  if (tokens.every(token => scopeToken.test(token))) return [...new Set(tokens)]
  throw new CommandError('A scope takes printable ASCII without blanks, " and \\ (RFC 6749).', 2)
}

/** Scopes for people. */
export const shownScopes = (scopes: readonly string[]): string => (scopes.length === 0 ? 'none' : scopes.join(' '))
