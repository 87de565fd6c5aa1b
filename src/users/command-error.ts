/** What the process exits with: 1 if it couldn't do what it was asked, 2 if it was asked wrongly, 130 after Ctrl-C. */
export type ExitCode = 0 | 1 | 2 | 130

/** Why a command isn't done, in a sentence for who gave it. Nothing was changed. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly exitCode: ExitCode

  constructor(message: string, exitCode: ExitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

/** A name that is nobody's. */
export const noSuchUser = (username: string): CommandError => new CommandError(`There is no user ${username}.`)
