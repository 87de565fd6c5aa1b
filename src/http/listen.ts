import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ConfigError } from '../config.js'

/** Where to listen, and the settings that say so. */
export interface Place {
  readonly host: string
  readonly port: number
  readonly settings?: { readonly host: string; readonly port: string }
}

/**
 * Makes a server listen where the configuration says.
 *
 * @returns its URL, such as `http://127.0.0.1:8000`
 * @throws {ConfigError} if it can't: the message says why, and what to do
 */
export const listen = async (server: Server, place: Place): Promise<string> => {
  const { host, port } = place
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    throw new ConfigError(reasonOf(error, place), { cause: error })
  }
  const { address, family, port: actual } = server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`
}

const reasonOf = (error: unknown, { host, port, settings = { host: 'HOST', port: 'PORT' } }: Place): string => {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use: choose another with ${settings.port}, or stop what is using it.`
  if (code === 'EACCES')
    return `Port ${port} needs more rights than this process has: choose another with ${settings.port}.`
  return `Can't listen on ${settings.host} ${host}, ${settings.port} ${port}: ${message}.`
}
