import type { Passwords } from '../auth/passwords.js'
import type { UserStore } from '../auth/user-store.js'

/** What the process has to do with the world. */
export interface Machine {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean }
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean }
  /** The account of the machine that asks. */
  readonly by: string
}

/** What a command works with. */
export interface Session {
  readonly machine: Machine
  readonly users: UserStore
  /** Only who hashes something pays for the hasher. */
  readonly passwords: () => Promise<Passwords>
  /** Tells people what a command found, in a sentence. */
  readonly say: (sentence: string) => void
  /** Logs a change, and tells people of it. */
  readonly changed: (change: Change, sentence: string) => void
}

export interface Change {
  /** The word of the command. */
  readonly event: string
  readonly username: string
  readonly outcome: string
}

/** One command, such as `add`. */
export interface Command {
  /** What follows its word, such as `NAME [--json]`. */
  readonly usage: string
  /** What it does, in a sentence. */
  readonly says: string
  /** What else there is to know, a line each. */
  readonly details?: readonly string[]
  /**
   * Reads what follows its word, before any database is opened.
   *
   * @throws {CommandError} if that is wrong
   */
  readonly read: (args: readonly string[]) => (session: Session) => Promise<void>
}
