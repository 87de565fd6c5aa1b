/** What the process is told by its environment. */
export interface Config {
  /** The address to listen on. */
  readonly host: string
  /** The TCP port to listen on; 0 for any that is free. */
  readonly port: number
  /** Whether replies are held to bounds, lengths and patterns, too, and refused rather than trimmed. */
  readonly strictReplies: boolean
}

/** The environment says something that can't be used. The message names the variable, and what it takes. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Reads the configuration from an environment: `HOST` (default 127.0.0.1), `PORT` (default 8000), and `STRICT_REPLIES`
 * (default false).
 *
 * @throws {ConfigError}
 */
export const readConfig = (environment: Readonly<Record<string, string | undefined>>): Config => {
  const host = environment['HOST'] ?? '127.0.0.1'
  if (!/^[\w.:-]+$/.test(host)) {
    throw new ConfigError(`HOST is ${JSON.stringify(host)}; it takes a host name or an IP address, such as 127.0.0.1.`)
  }
  const port = environment['PORT'] ?? '8000'
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) {
    throw new ConfigError(`PORT is ${JSON.stringify(port)}; it takes a number from 0 to 65535, such as 8000.`)
  }
  const strictReplies = environment['STRICT_REPLIES'] ?? 'false'
  if (strictReplies !== 'true' && strictReplies !== 'false') {
    throw new ConfigError(`STRICT_REPLIES is ${JSON.stringify(strictReplies)}; it takes true or false.`)
  }
  return { host, port: Number(port), strictReplies: strictReplies === 'true' }
}
