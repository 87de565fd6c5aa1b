import { statSync, watch } from 'node:fs'
import { basename, dirname } from 'node:path'

/** How long a file must have been left alone before it counts as saved, in milliseconds: editors write in pieces. */
const settled = 20

/**
 * Calls back after each save of a file, or of any file in a folder; never twice at a time. What goes wrong in the
 * callback is printed, and the next save is another chance: an edit is often wrong halfway.
 *
 * Node's own watcher, because chokidar drops a save that comes within 50 ms of another, as that of a formatter does. A
 * file is watched by its folder, because editors put a new file in the place of the old one.
 *
 * @param delay how long after a save to call back, in milliseconds
 */
export const onSave = (path: string, callback: () => Promise<void>, delay = settled): void => {
  const isFolder = statSync(path).isDirectory()
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  watch(isFolder ? path : dirname(path), { recursive: isFolder }, (_event, name) => {
    if (!isFolder && name !== basename(path)) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(callback).catch((error: unknown) => {
        console.error(error instanceof Error ? error.message : error)
      })
    }, delay)
  })
}
