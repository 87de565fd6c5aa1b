import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { type Running, startProcess } from '../lib/process.js'
import { root } from '../lib/root.js'
import { startCommand } from '../bench/servers.js'

/** A server that listens. */
export interface SoakedServer extends Running {
  readonly pid: number
  readonly port: number
  /** Of the listener for those who run it; nothing answers there if the server has none. */
  readonly managementPort: number
}

export interface ServerOptions {
  /** A file to run instead of the project's server. */
  readonly file: string | undefined
  readonly workers: number
  readonly environment: Readonly<Record<string, string>>
}

/** A TCP port of 127.0.0.1 that nobody listens on. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Starts a server on a free port, as `npm start` does, and waits until it listens. */
export const startSoaked = async ({ file, workers, environment }: ServerOptions): Promise<SoakedServer> => {
  const [port, managementPort] = [await freePort(), await freePort()]
  const [command = '', ...args] = file === undefined ? startCommand() : [process.execPath, resolve(file)]
  const running = startProcess(command, args, {
    cwd: file === undefined ? root : join(resolve(file), '..'),
    environment: {
      NODE_ENV: 'production',
      NODE_OPTIONS: '',
      HOST: '127.0.0.1',
      PORT: String(port),
      MANAGEMENT_PORT: String(managementPort),
      WORKERS: String(workers),
      ...environment
    }
  })
  await running.until(new RegExp(`Listening on http://[^\\s"]+:${port}\\D`))
  return { ...running, pid: running.child.pid ?? 0, port, managementPort }
}
