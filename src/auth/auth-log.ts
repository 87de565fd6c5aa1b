/** What happened to a user or a login: who, what, and what came of it. Never a secret. */
export interface AuthEvent {
  readonly event: string
  /** The user whom it is about; `undefined` for a name that is nobody's, which may be a password in the wrong field. */
  readonly username: string | undefined
  readonly outcome: string
  /** The IP address of who did it. */
  readonly address?: string
  /** The account of the machine that did it. */
  readonly by?: string
}

/** Takes what is logged of logins, and of changes to users. */
export type AuthLog = (event: AuthEvent) => void

/** Writes each event as a line of JSON. */
export const authLog =
  (log: (text: string) => void): AuthLog =>
  event => {
    log(JSON.stringify({ time: new Date().toISOString(), ...event }))
  }
