import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ConfigError, type Config } from '../config.js'

/**
 * Makes a server listen where the configuration says.
 *
 * @returns its URL, such as `http://127.0.0.1:8000`
 * @throws {ConfigError} if it can't: the message says why, and what to do
 */
export const listen = async (server: Server, { host, port }: Pick<Config, 'host' | 'port'>): Promise<string> => {
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    throw new ConfigError(reasonOf(error, host, port), { cause: error })
  }
  const { address, family, port: actual } = server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`
}

const reasonOf = (error: unknown, host: string, port: number): string => {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return `Port ${port} is in use: choose another with PORT, or stop what is using it.`
  if (code === 'EACCES') return `Port ${port} needs more rights than this process has: choose another with PORT.`
  return `Can't listen on HOST ${host}, PORT ${port}: ${message}.`
}
