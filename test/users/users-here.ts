import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import { runUsers } from '../../src/users/run-users.js'

/** A password that must never be printed, nor its hash. */
export const canary = 'correct-horse-canary'

export interface Result {
  readonly code: number
  readonly output: string
  readonly errors: string
}

/** What is around a command: `terminal` says whether each of its streams is one. */
interface Around {
  /** All of standard input, or what is typed whenever something was written to standard error. */
  readonly stdin?: string | ((asked: string) => string)
  readonly terminal?: boolean
  readonly environment?: Readonly<Record<string, string>>
}

const streamOf = (isTTY: boolean): PassThrough & { readonly isTTY: boolean } =>
  Object.assign(new PassThrough(), { isTTY })

/** A folder with a database of its own, and the command line on it, in this process. */
export const usersHere = () => {
  const folder = mkdtempSync(join(tmpdir(), 'users-'))
  const url = `sqlite:${join(folder, 'users.db')}`
  let printed = ''

  const users = async (
    args: readonly string[],
    { stdin = '', terminal = false, environment = {} }: Around = {}
  ): Promise<Result> => {
    const [input, stdout, stderr] = [streamOf(terminal), streamOf(terminal), streamOf(terminal)]
    let output = ''
    let errors = ''
    stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text
      if (typeof stdin === 'function') input.write(stdin(text))
    })
    if (typeof stdin === 'string') input.end(stdin)
    const machine = { environment: { DATABASE_URL: url, ...environment }, stdin: input, stdout, stderr, by: 'operator' }
    const code = await runUsers(args, machine)
    await Promise.all([stdout, stderr].map(stream => finished(stream.end())))
    printed += output + errors
    return { code, output, errors }
  }
  return {
    folder,
    url,
    users,
    add: (name: string, ...options: readonly string[]) => users(['add', name, ...options], { stdin: `${canary}\n` }),
    /** All that was printed so far, by all commands. */
    printed: () => printed,
    remove: () => rmSync(folder, { recursive: true })
  }
}
