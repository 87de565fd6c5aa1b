import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../support/process.js'

/** How a script ended, and what it printed on its two outputs. */
export interface ScriptResult {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

/** Runs a script as `npm run` does, in a process of its own that no terminal hears. */
export const runScript = async (
  file: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {}
): Promise<ScriptResult> => {
  const command = [join(root, 'node_modules/tsx/dist/cli.mjs'), file, ...args]
  const child = spawn(process.execPath, command, { env: { ...process.env, ...environment } })
  const printed = { output: '', errors: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed.output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed.errors += text))
  await once(child, 'close')
  return { code: child.exitCode, ...printed }
}
