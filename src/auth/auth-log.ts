import type { Log } from '../log.js'

/** What happened to a user or a login: who, what, and what came of it. Never a secret. */
export interface AuthEvent {
  readonly event: string
  /** The user whom it is about; `undefined` for a name that is nobody's, which may be a password in the wrong field. */
  readonly username: string | undefined
  readonly outcome: string
  /** Says by which request it was done, by its id, and from which IP address: called only if that is logged. */
  readonly from?: () => { readonly address: string; readonly request: string }
  /** The account of the machine that did it. */
  readonly by?: string
}

/** Takes what is logged of logins, and of changes to users. */
export type AuthLog = (event: AuthEvent) => void

/** An `AuthLog` that counts logins by their outcome, and passes all on. */
export const countLogins = (log: AuthLog): { readonly log: AuthLog; readonly counts: ReadonlyMap<string, number> } => {
  const counts = new Map<string, number>()
  return {
    counts,
    log: event => {
      if (event.event === 'login') counts.set(event.outcome, (counts.get(event.outcome) ?? 0) + 1)
      log(event)
    }
  }
}

/** Logs each event by its name. A login that wasn't accepted is worth a look. */
export const authLog =
  (log: Log): AuthLog =>
  ({ event, from, ...facts }) => {
    log(event === 'login' && facts.outcome !== 'accepted' ? 'warn' : 'info', event, { ...facts, ...from?.() })
  }
