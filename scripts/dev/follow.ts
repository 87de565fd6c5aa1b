import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** What goes on after `follow`. */
export interface Following {
  /** Resolves when the first call has ended, well or not. */
  readonly first: Promise<void>
  readonly stop: () => void
}

/** How long a file must have been left alone before it counts as saved, in milliseconds: editors write in pieces. */
const settled = 20

/**
 * Calls back now, and after each save of a file, or of any file in a folder; never twice at a time. It watches before it
 * calls, so that what is saved during a call is followed by another. What goes wrong in the callback is printed, and the
 * next save is another chance: an edit is often wrong halfway.
 *
 * @param delay how long after a save to call back, in milliseconds
 * @param others says after each call which files are followed besides
 */
export const follow = (
  path: string,
  callback: () => Promise<void>,
  delay = settled,
  others: () => readonly string[] = () => []
): Following => {
  let followed: readonly string[] = []
  let running = Promise.resolve()
  let waiting = false
  let stopped = false
  const call = (): Promise<void> => {
    if (waiting) return running // it will see this save, too
    waiting = true
    running = running
      .then(async () => {
        waiting = false
        const called = Date.now() - settled // the clock of files may be a few milliseconds behind
        await callback()
        const added = others().filter(file => !followed.includes(file))
        followed = others()
        if (added.length === 0 || stopped) return
        renew()
        if (added.some(file => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) >= called)) onEvent()
      })
      .catch((error: unknown) => {
        console.error(error instanceof Error ? error.message : error)
      })
    return running
  }
  let timer: NodeJS.Timeout | undefined
  let watchers: readonly FSWatcher[] = []
  const onEvent = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      renew()
      void call()
    }, delay)
  }
  const close = (): void => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
  }
  // Anew before each call, because folders come and go, and one that is made again isn't the one that was watched.
  const renew = (): void => {
    close()
    watchers = [path, ...followed].flatMap(one => watchersOf(one, onEvent))
  }
  renew()
  return {
    first: call(),
    stop: () => {
      stopped = true
      close()
    }
  }
}

/**
 * A watcher for each folder: that of the file, because editors put a new file in the place of the old one, and all below
 * a folder. Node's own `recursive` loses sight of a file that another is put in the place of, and chokidar drops a save
 * that comes within 50 ms of another, as that of a formatter does.
 */
const watchersOf = (path: string, onEvent: () => void): FSWatcher[] => [
  ...watcherOf(dirname(path), name => {
    if (name === basename(path)) onEvent()
  }),
  ...foldersIn(path).flatMap(folder => watcherOf(folder, onEvent))
]

const watcherOf = (folder: string, onEvent: (name: string | null) => void): FSWatcher[] => {
  try {
    return [watch(folder, { persistent: false }, (_event, name) => onEvent(name))]
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [] // it has just gone
    throw error
  }
}

const foldersIn = (path: string): string[] => {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return []
  const below = readdirSync(path, { recursive: true, withFileTypes: true }).filter(entry => entry.isDirectory())
  return [path, ...below.map(({ parentPath, name }) => join(parentPath, name))]
}
