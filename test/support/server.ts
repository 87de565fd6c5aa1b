import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type AppOptions, createAppServer, production } from '../../src/app.js'
import { keepLog, type Logged } from './keep-log.js'

/** A server on a free port of this machine. */
export interface TestServer {
  readonly port: number
  /** What has been logged so far. */
  readonly log: Logged[]
  close(): Promise<void>
}

/** Makes a server listen on a free port. */
export const listenAnywhere = async (server: Server): Promise<Omit<TestServer, 'log'>> => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise(resolve => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      })
  }
}

type Needed = 'contract' | 'handlers' | 'services' | 'problems'

/** Starts the server of an app, strict about its replies unless told otherwise. */
export const startApp = async <Services>(
  options: Pick<AppOptions<Services>, Needed> & Partial<AppOptions<Services>>
): Promise<TestServer> => {
  const { log, lines } = keepLog()
  const mode = { ...production, strictReplies: true, reasons: true }
  const server = createAppServer({ log, mode, ...options })
  return { log: lines, ...(await listenAnywhere(server)) }
}
