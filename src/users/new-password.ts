import { ask } from './ask.js'
import type { Machine, Session } from './command.js'
import { CommandError } from './command-error.js'
import { printable } from '../printable.js'

/**
 * The hash of a new password, which is asked for twice at a terminal, or else is the one line of standard input.
 *
 * @throws {CommandError} if it isn't taken
 */
export const readNewHash = async ({ machine, passwords }: Session, username: string): Promise<string> => {
  const password = machine.stdin.isTTY ? await typed(machine, username) : await given(machine.stdin)
  const hasher = await passwords()
  const weakness = await hasher.weakness(password, username)
  if (weakness !== undefined) throw new CommandError(weakness)
  return hasher.hash(password)
}

const typed = async (machine: Machine, username: string): Promise<string> => {
  const questions = [`New password of ${printable(username)}: `, 'The same again: ']
  const [password = '', again] = await ask(machine, questions, true)
  if (password !== again) throw new CommandError('The two passwords differ: nothing was changed.')
  return password
}

/** More than this is no password, and isn't read to its end. */
const longest = 65_536

const given = async (stdin: Machine['stdin']): Promise<string> => {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk)
    chunks.push(bytes)
    if ((length += bytes.length) > longest) break
  }
  const line = decoded(Buffer.concat(chunks)).replace(/\r?\n$/, '')
  if (line === '') throw new CommandError('There is no password on standard input: it takes one line.')
  if (line.includes('\n')) throw new CommandError('There is more than a password on standard input: it takes one line.')
  return line
}

const decoded = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new CommandError("The password on standard input isn't UTF-8.")
  }
}
