import { run, scriptArgs } from '../support/process.js'

/** How a script ended, and what it printed on its two outputs. */
export interface ScriptResult {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

/** Runs a script in a process of its own that no terminal hears. */
export const runScript = async (
  file: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {}
): Promise<ScriptResult> => {
  const script = run(process.execPath, scriptArgs(file, ...args), environment)
  const { code } = await script.ended
  return { code, output: script.output(), errors: script.errors() }
}
