import { exec } from 'node:child_process'
import { promisify } from 'node:util'
import { sendTo } from './client.js'

const isUrl = (text: string): boolean => /^https?:\/\//.test(text) && URL.canParse(text)

/** How long a command may take, in milliseconds. */
const patience = 60_000

/**
 * What puts back what is there at a server before a test: a URL that a POST is sent to, or a command for the shell, as
 * `CONTRACT_RESET` names it. It throws a {@link TypeError} that says what went wrong. `undefined` if there is none.
 */
export const resetBy = (named: string | undefined): (() => Promise<void>) | undefined => {
  if (named === undefined || named === '') return undefined
  return () => (isUrl(named) ? post(named) : run(named))
}

const post = async (named: string): Promise<void> => {
  const url = new URL(named)
  const answer = await sendTo(url, { method: 'POST', path: url.pathname + url.search }).catch((error: unknown) => {
    throw new TypeError(`CONTRACT_RESET: no answer to POST ${named}: ${String(error)}.`, { cause: error })
  })
  if (answer.status >= 200 && answer.status < 300) return
  throw new TypeError(`CONTRACT_RESET: POST ${named} is answered ${answer.status}; it has to be 2xx.`)
}

const run = async (command: string): Promise<void> => {
  try {
    await promisify(exec)(command, { timeout: patience })
  } catch (error) {
    const { code, stderr = '' } = error as { code?: number | null; stderr?: string }
    const said = stderr.trim() === '' ? '' : `:\n${stderr.trim()}`
    throw new TypeError(`CONTRACT_RESET: \`${command}\` ends with ${String(code ?? 'a signal')}${said}`, {
      cause: error
    })
  }
}
