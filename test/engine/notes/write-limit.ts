/** How many notes each user may write in a minute, from the first on. */
export class WriteLimit {
  readonly #most: number
  readonly #written = new Map<string, { readonly until: number; count: number }>()

  constructor(most: number) {
    this.#most = most
  }

  /** @returns in how many seconds there is room again; `undefined` if there is */
  take(user: string): number | undefined {
    const now = Date.now()
    const before = this.#written.get(user)
    const written = before && now < before.until ? before : { until: now + 60_000, count: 0 }
    this.#written.set(user, written)
    written.count += 1
    return written.count > this.#most ? Math.ceil((written.until - now) / 1000) : undefined
  }
}
