import { type Running, startProcess } from '../../scripts/lib/process.js'

export { root } from '../../scripts/lib/root.js'
export { type Running, scriptArgs } from '../../scripts/lib/process.js'

/** Starts a process, by default in the project's root. */
export const run = (
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  cwd?: string
): Running => startProcess(command, args, { environment, ...(cwd !== undefined && { cwd }) })

/** Starts the server as `npm start` does, and waits until it listens. */
export const startMain = async (
  environment: Record<string, string> = {}
): Promise<Running & { readonly port: number }> => {
  const running = run(process.execPath, ['dist/main.js'], { HOST: '127.0.0.1', PORT: '0', ...environment })
  const [, port] = await running.until(/Listening on http:\/\/[^\s"]+:(\d+)\D/)
  return { ...running, port: Number(port) }
}
