import { availableParallelism } from 'node:os'
import { levels } from './log-level.js'
import { type Environment, readSetting } from './read-setting.js'
import { count, flag, list, oneOf, optional, origins, secret, type Setting, text, wholeNumber } from './setting.js'

const name = /^[\x21-\x7e]+$/
const host = /^[\w.:-]+$/

/** Every setting of the server, in the order of the README's table. */
export const settings = {
  host: text(host, 'a host name or an IP address, such as 127.0.0.1', 'HOST', '127.0.0.1', 'The address to listen on.'),
  port: wholeNumber(0, 65_535, 'PORT', '8000', 'The TCP port to listen on; 0 for any that is free.'),
  workers: count(
    1024,
    availableParallelism,
    'WORKERS',
    '1',
    'How many processes serve: `auto` for one a core. SIGHUP then replaces them without a gap.'
  ),
  drainSeconds: wholeNumber(
    0,
    3600,
    'DRAIN_SECONDS',
    '0',
    'How long a server that is told to stop takes new connections, while its balancer finds out.'
  ),
  keepAliveSeconds: wholeNumber(
    1,
    3600,
    'KEEP_ALIVE_SECONDS',
    '5',
    'How long an idle connection is kept; longer than its balancer does.'
  ),
  managementPort: optional(
    wholeNumber(
      0,
      65_535,
      'MANAGEMENT_PORT',
      '',
      'A port for operators: /livez, /readyz and /metrics. Without it there is none.'
    )
  ),
  managementHost: text(
    host,
    'a host name or an IP address, such as 127.0.0.1',
    'MANAGEMENT_HOST',
    '127.0.0.1',
    'The address of that port: one that clients cannot reach.'
  ),
  trustProxy: wholeNumber(0, 100, 'TRUST_PROXY', '0', 'How many proxies in front of the server say who asks.'),
  corsOrigins: origins(
    'CORS_ORIGINS',
    '',
    'Origins with commas between them whose pages may use the server in browsers (CORS).'
  ),
  maxConnections: wholeNumber(1, 1_000_000, 'MAX_CONNECTIONS', '10000', 'How many connections there may be.'),
  maxConnectionsByAddress: wholeNumber(
    1,
    1_000_000,
    'MAX_CONNECTIONS_BY_ADDRESS',
    '1000',
    'How many from one address; behind a proxy that says who asks, as many as there may be.'
  ),
  handlerSeconds: wholeNumber(1, 86_400, 'HANDLER_SECONDS', '30', 'How long an answer may take; then it is a 503.'),
  strictReplies: flag(
    'STRICT_REPLIES',
    'false',
    'Whether replies are held to bounds, lengths and patterns, too, and refused rather than trimmed.'
  ),
  pageKeepsLogin: flag(
    'PAGE_KEEPS_LOGIN',
    'false',
    'Whether the page keeps a login over a reload, in the storage of the browser.'
  ),
  logLevel: oneOf(levels, 'LOG_LEVEL', 'info', 'The least that is logged: debug, info, warn or error.'),
  logRequests: oneOf(
    ['slow', 'all'],
    'LOG_REQUESTS',
    'slow',
    'Which requests are logged: those slower than 1 s (`slow`), or `all`.'
  ),
  databaseUrl: secret(
    text(
      /^(sqlite:.|postgres(ql)?:\/\/)/,
      'sqlite:data/users.db, or postgres://user:password@host/database',
      'DATABASE_URL',
      '',
      'Where the users are. Without it the security is fake.'
    )
  ),
  tokenMinutes: wholeNumber(1, 100_000, 'TOKEN_MINUTES', '30', 'How long a token is good.'),
  tokenSecrets: secret(
    list(
      'secrets of at least 32 characters with commas between them',
      'TOKEN_SECRETS',
      '',
      'What tokens are signed with: the first signs, all verify. SQLite makes one by itself.'
    )
  ),
  tokenKeyFiles: list(
    'files with commas between them',
    'TOKEN_KEY_FILE',
    '',
    'Private keys (Ed25519 or P-256, PEM) in place of secrets: others verify by /.well-known/jwks.json.'
  ),
  tokenIssuer: text(name, 'a name or a URL', 'TOKEN_ISSUER', 'oauth2-password-bearer', 'Who issues tokens (`iss`).'),
  tokenAudience: text(
    name,
    'a name or a URL',
    'TOKEN_AUDIENCE',
    'oauth2-password-bearer',
    'Whom they are for (`aud`).'
  ),
  hashMemoryMiB: wholeNumber(19, 1024, 'HASH_MEMORY_MIB', '19', 'The memory of an Argon2id hash.'),
  hashPasses: wholeNumber(2, 100, 'HASH_PASSES', '2', 'Its passes.'),
  hashParallelism: wholeNumber(1, 64, 'HASH_PARALLELISM', '1', 'Its lanes.'),
  hashQueue: wholeNumber(1, 100_000, 'HASH_QUEUE', '100', 'How many hashes may wait; one more is a 503.'),
  threads: wholeNumber(1, 1024, 'UV_THREADPOOL_SIZE', '4', "Node's threads, of which hashes leave two free."),
  loginFailures: wholeNumber(1, 1_000_000, 'LOGIN_FAILURES', '10', 'Logins that may fail by user and address …'),
  loginMinutes: wholeNumber(1, 35_000, 'LOGIN_MINUTES', '15', '… in so many minutes.'),
  addressFailures: wholeNumber(1, 1_000_000, 'ADDRESS_LOGIN_FAILURES', '100', 'Logins that may fail by address …'),
  addressMinutes: wholeNumber(1, 35_000, 'ADDRESS_LOGIN_MINUTES', '60', '… in so many minutes.'),
  userFailures: wholeNumber(1, 1_000_000, 'USER_LOGIN_FAILURES', '50', 'Logins that may fail by user …'),
  userMinutes: wholeNumber(1, 35_000, 'USER_LOGIN_MINUTES', '60', '… in so many minutes, but from known addresses.')
} as const

/** What the process is told by its environment: a value for each of `settings`. */
export type Config = {
  readonly [Key in keyof typeof settings]: (typeof settings)[Key] extends Setting<infer Value> ? Value : never
}

/** The environment says something that can't be used. The message names the variable, and what it takes. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Reads the configuration from an environment, and secrets also from the files that it names.
 *
 * @throws {ConfigError} with a line for each variable that can't be used
 */
export const readConfig = (environment: Environment): Config => {
  const wrong: string[] = []
  const values = Object.entries(settings).map(([key, setting]) => {
    const reading = readSetting(setting, environment)
    if ('value' in reading) return [key, reading.value]
    wrong.push(reading.wrong)
    return [key]
  })
  if (wrong.length > 0) throw new ConfigError(wrong.join('\n'))
  return Object.fromEntries(values) as Config
}
