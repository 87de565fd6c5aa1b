/** An attempt to log in that may go on. */
export interface Attempt {
  /** Says that it was successful: gives back what it was counted as, and remembers the address. */
  succeeded(): Promise<void>
  /** Says that its password wasn't looked at, such as when too many were waiting: gives back what it was counted as. */
  withdrawn(): Promise<void>
}

/** Slows down the guessing of passwords. */
export interface LoginThrottle {
  /**
   * Counts an attempt, before its password is looked at.
   *
   * @param address the IP address of the client
   * @returns the attempt, or in how many seconds the next one may be made
   */
  attempt(username: string, address: string): Promise<Attempt | { readonly retryAfter: number }>
}

const uncounted: Promise<Attempt> = Promise.resolve({
  succeeded: () => Promise.resolve(),
  withdrawn: () => Promise.resolve()
})

/** No throttle. */
export const noThrottle: LoginThrottle = { attempt: () => uncounted }

/** From which addresses each user has logged in. Keys are hashes of both. */
export interface KnownAddresses {
  has(key: string): Promise<boolean>
  add(key: string): Promise<void>
}
