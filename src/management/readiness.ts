/** Whether a process can take requests, and the state of each part that it needs. */
export interface Readiness {
  readonly ready: boolean
  readonly parts: Readonly<Record<string, string>>
}

/** A look at a part. Rejects if the part doesn't work. */
export type Look = () => Promise<void>

/** How long a look may take, in milliseconds. */
const patience = 2_000

/** Looks at all parts at once. A server that is about to stop isn't ready, however well they work. */
export const readinessOf = async (looks: Readonly<Record<string, Look>>, isStopping: boolean): Promise<Readiness> => {
  const states = await Promise.all(
    Object.entries(looks).map(async ([name, look]) => [name, (await works(look)) ? 'ok' : 'failing'] as const)
  )
  return {
    ready: !isStopping && states.every(([, state]) => state === 'ok'),
    parts: { ...Object.fromEntries(states), draining: isStopping ? 'yes' : 'no' }
  }
}

const works = (look: Look): Promise<boolean> =>
  new Promise(resolve => {
    const timer = setTimeout(resolve, patience, false)
    const settle = (works: boolean): void => {
      clearTimeout(timer)
      resolve(works)
    }
    // Why it doesn't work is in the log: this is asked again and again.
    look().then(
      () => settle(true),
      () => settle(false)
    )
  })
