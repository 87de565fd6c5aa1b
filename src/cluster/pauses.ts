/** How long to wait before the first replacement of a worker that has failed, and at most, in milliseconds. */
const [shortest, longest] = [100, 10_000]

/** A worker that has served so long was no failure, in milliseconds. */
const calm = 60_000

/** Tells how long to wait before a worker is replaced: longer and longer, while workers end soon after their start. */
export const growingPauses = (): ((milliseconds: number) => number) => {
  let next = 0
  return served => {
    if (served >= calm) next = 0
    const pause = next
    next = Math.min(longest, Math.max(shortest, next * 2))
    return pause
  }
}
