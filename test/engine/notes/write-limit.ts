/** How many notes each user may write in a minute. */
export class WriteLimit {
  readonly #most: number
  readonly #written = new Map<string, { readonly minute: number; count: number }>()

  constructor(most: number) {
    this.#most = most
  }

  /** @returns in how many seconds there is room again; `undefined` if there is */
  take(user: string): number | undefined {
    const now = Date.now()
    const minute = Math.floor(now / 60_000)
    const before = this.#written.get(user)
    const written = before?.minute === minute ? before : { minute, count: 0 }
    this.#written.set(user, written)
    written.count += 1
    return written.count > this.#most ? 60 - (Math.floor(now / 1000) % 60) : undefined
  }
}
