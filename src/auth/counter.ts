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

interface Window {
  count: number
  readonly ends: number
}

/**
 * Counts in this process, with at most `most` windows at a time (20 MiB): of more, the half is forgotten that ends
 * first.
 *
 * @param minutes the length of a window
 */
export const memoryCounter = (minutes: number, most = 100_000): Counter => {
  const length = minutes * 60_000
  // Two generations: a map of which the oldest is deleted each time gets slower and slower.
  let old = new Map<string, Window>()
  let young = new Map<string, Window>()

  const open = (key: string, now: number): Window => {
    const found = young.get(key) ?? old.get(key)
    if (found && found.ends > now) return found
    if (young.size >= most / 2) {
      old = young
      young = new Map()
    }
    const opened = { count: 0, ends: now + length }
    young.set(key, opened)
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
          for (const windows of [young, old]) {
            if (window.count === 0 && windows.get(key) === window) windows.delete(key)
          }
          return Promise.resolve()
        }
      })
    }
  }
}
