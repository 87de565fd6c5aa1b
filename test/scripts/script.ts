import { join } from 'node:path'
import { root, run } from '../support/process.js'

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
  const script = run(process.execPath, [join(root, 'node_modules/tsx/dist/cli.mjs'), file, ...args], environment)
  const { code } = await script.ended
  return { code, output: script.output(), errors: script.errors() }
}
