const terminal = process.stderr.isTTY

let shown: string | undefined

/**
 * Shows on stderr what is being done: one line that is rewritten on a terminal. Elsewhere one line for each `step`,
 * without the details, so that a log of a run stays short.
 */
export const showProgress = (step: string, detail = ''): void => {
  if (terminal) {
    const text = detail === '' ? step : `${step}: ${detail}`
    process.stderr.write(`\r\x1b[K${text.slice(0, (process.stderr.columns || 80) - 1)}`)
  } else if (step !== shown) {
    process.stderr.write(`${step}\n`)
  }
  shown = step
}

/** Takes the line away again. */
export const endProgress = (): void => {
  if (terminal && shown !== undefined) process.stderr.write('\r\x1b[K')
  shown = undefined
}
