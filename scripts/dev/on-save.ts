import { watch } from 'chokidar'

/** How long a file must have been left alone before it counts as saved, in milliseconds: editors write in pieces. */
const settled = 20

/** Calls back after each save of one of these files, or of a file in one of these folders; never twice at a time. */
export const onSave = (paths: readonly string[], callback: () => Promise<void>): void => {
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  watch([...paths], { ignoreInitial: true }).on('all', () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      running = running.then(callback)
    }, settled)
  })
}
