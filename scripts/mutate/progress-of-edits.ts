import { showProgress } from '../lib/progress.js'
import { type Edit, idOf } from './edit.js'
import type { Result } from './results.js'

/** Shows how far a run is: on a terminal with each edit, elsewhere a line now and then. */
export const createProgress = (total: number, jobs: number) => {
  const started = performance.now()
  let done = 0
  let survived = 0
  let line = ''
  const show = (current: string): void => {
    const minutes = ((performance.now() - started) / 60_000 / Math.max(done, 1)) * (total - done)
    const left = done < 2 * jobs ? '' : `, ${minutes < 1 ? 'less than a minute' : `${Math.ceil(minutes)} min`} left`
    if (process.stderr.isTTY || line === '' || done % 20 === 0)
      line = `${done} of ${total} edits, ${done - survived} noticed, ${survived} not${left}`
    showProgress(line, current)
  }
  show('first without any edit')
  return {
    /** An edit is about to be tried. */
    start: (edit: Edit): void => {
      show(idOf(edit))
    },
    /** An edit has been tried. */
    end: ({ id, killer }: Result): void => {
      done += 1
      if (killer === null) survived += 1
      show(id)
    }
  }
}
