/** How often a key has been counted in the window of time that its first count opened. */
export interface Counted {
  readonly count: number
  /** In how many milliseconds the window ends. */
  readonly left: number
  /** Takes this count back. Once its window has ended, there is nothing to take back. */
  takeBack(): Promise<void>
}

/** Counts by key. */
export interface Counter {
  count(key: string): Promise<Counted>
}

/**
 * Counts in this process. At most `most` windows are open at a time (15 MiB): of more, the one that would end next is
 * forgotten.
 *
 * @param minutes the length of a window
 */
export const memoryCounter = (minutes: number, most = 100_000): Counter => {
  const length = minutes * 60_000
  const windows = new Map<string, { count: number; readonly ends: number }>()

  /** Makes room for one more. All windows have one length, so the map has them in the order in which they end. */
  const makeRoom = (now: number): void => {
    for (const [key, { ends }] of windows) {
      if (ends > now && windows.size < most) return
      windows.delete(key)
    }
  }

  const open = (key: string, now: number): { count: number; readonly ends: number } => {
    const found = windows.get(key)
    if (found && found.ends > now) return found
    makeRoom(now)
    const opened = { count: 0, ends: now + length }
    windows.set(key, opened)
    return opened
  }

  return {
    count: key => {
      const now = performance.now()
      const window = open(key, now)
      window.count += 1
      return Promise.resolve({
        count: window.count,
        left: window.ends - now,
        takeBack: () => {
          window.count -= 1
          if (window.count === 0 && windows.get(key) === window) windows.delete(key)
          return Promise.resolve()
        }
      })
    }
  }
}
