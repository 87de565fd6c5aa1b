import { showProgress } from '../lib/progress.js'
import { type Edit, idOf } from './edit.js'
import type { Result } from './results.js'

/** How many edits there are between two lines of a log. */
const step = 20

/** Shows how far a run is: on a terminal with each edit, elsewhere a line now and then. */
export const createProgress = (total: number, jobs: number) => {
  const started = performance.now()
  let done = 0
  let survived = 0
  let current = 'first without any edit'
  let line = ''
  const show = (): void => {
    const minutes = ((performance.now() - started) / 60_000 / Math.max(done, 1)) * (total - done)
    const left = done < 2 * jobs ? '' : `, ${minutes < 1 ? 'less than a minute' : `${Math.ceil(minutes)} min`} left`
    const now = `${done} of ${total} edits, ${done - survived} noticed, ${survived} not${left}`
    // Off a terminal a line is printed when the first part changes, on a terminal the last state is all there is.
    if (process.stderr.isTTY) showProgress(now, current)
    else if (line === '' || done % step === 0) showProgress((line = now))
  }
  show()
  return {
    /** An edit is about to be tried. */
    start: (edit: Edit): void => {
      current = idOf(edit)
      if (process.stderr.isTTY) show()
    },
    /** An edit has been tried. */
    end: ({ killer }: Result): void => {
      done += 1
      if (killer === null) survived += 1
      show()
    }
  }
}
