import { exec } from 'node:child_process'
import { promisify } from 'node:util'

const isUrl = (text: string): boolean => /^https?:\/\//.test(text)

/** How long it may take, in milliseconds. */
const patience = 60_000

/**
 * What puts back what is there at a server before a test: a URL that a POST is sent to, or a command for the shell, as
 * `CONTRACT_RESET` names it. It throws a {@link TypeError} that says what went wrong. `undefined` if there is none.
 */
export const resetBy = (named: string | undefined): (() => Promise<void>) | undefined => {
  if (named === undefined || named === '') return undefined
  return () => (isUrl(named) ? post(named) : run(named))
}

const post = async (url: string): Promise<void> => {
  const answer = await fetch(url, { method: 'POST', signal: AbortSignal.timeout(patience) }).catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    throw new TypeError(`CONTRACT_RESET: no answer to POST ${url}: ${String(cause)}.`, { cause })
  })
  await answer.body?.cancel()
  if (!answer.ok) throw new TypeError(`CONTRACT_RESET: POST ${url} is answered ${answer.status}; it has to be 2xx.`)
}

const run = async (command: string): Promise<void> => {
  try {
    await promisify(exec)(command, { timeout: patience })
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string }
    const said = stderr.trim() === '' ? '' : `:\n${stderr.trim()}`
    throw new TypeError(`CONTRACT_RESET: \`${command}\` ends with ${String(code ?? 'a signal')}${said}`, {
      cause: error
    })
  }
}
