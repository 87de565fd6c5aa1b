import { watch } from 'chokidar'

/** How long a file must have been left alone before it counts as saved, in milliseconds: editors write in pieces. */
const settled = 20

/**
 * Calls back after each save of one of these files, or of a file in one of these folders; never twice at a time. What
 * goes wrong in the callback is printed, and the next save is another chance: an edit is often wrong halfway.
 *
 * @param delay how long after a save to call back, in milliseconds
 */
export const onSave = (paths: readonly string[], callback: () => Promise<void>, delay = settled): void => {
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  watch([...paths], { ignoreInitial: true }).on('all', () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(callback).catch((error: unknown) => {
        console.error(error instanceof Error ? error.message : error)
      })
    }, delay)
  })
}
