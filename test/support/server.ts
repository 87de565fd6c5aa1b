import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { type AppOptions, createAppServer, production } from '../../src/app.js'
import { fakePasswordHasher, fakeTokenCodec, fakeUserStore } from '../../src/chapter/fake.js'
import { type Contract, parseContract } from '../../src/contract/read-contract.js'
import { chapterContract, chapterHandlers } from './chapter.js'

/** The contract as it is written. */
export const contractText = readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8')

/** The contract with the chapter's operations only. */
export const chapterText = chapterContract(contractText)

/** The chapter's contract with edits made to its text. Fails if an edit finds nothing to change. */
export const editedContract = (...edits: readonly (readonly [from: string, to: string])[]): Contract =>
  parseContract(
    edits.reduce((text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`openapi.yaml has no ${JSON.stringify(from)} to edit`)
      return text.replace(from, to)
    }, chapterText)
  )

/** A server on a free port, made of the parts that `main.ts` makes it of, but strict about its replies. */
export interface TestServer {
  readonly port: number
  /** What has been logged so far. */
  readonly log: readonly string[]
  close(): Promise<void>
}

export const startServer = async (options: Partial<AppOptions> = {}): Promise<TestServer> => {
  const log: string[] = []
  const server = await createAppServer({
    contract: parseContract(contractText),
    users: fakeUserStore,
    passwords: fakePasswordHasher,
    tokens: fakeTokenCodec,
    log: text => log.push(text),
    mode: { ...production, strictReplies: true },
    ...(options.contract && { handlers: chapterHandlers }),
    ...options
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    log,
    close: () =>
      new Promise(resolve => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      })
  }
}
