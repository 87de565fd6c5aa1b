import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AppOptions, createApp, fits } from '../../src/app.js'
import { type Contract, ContractError, type Handlers, type Mode, parseContract } from '../../src/contract/index.js'
import { changedOperations } from '../contract-diff/sameness.js'
import { createLivePage } from './live-page.js'

/** A server whose contract can be swapped while it runs. */
export interface LiveServer {
  readonly server: Server
  /** The contract that is being served; `undefined` before the first good one. */
  readonly contract: () => Contract | undefined
  /**
   * Serves another contract from the next request on; requests under way finish with the one that they began with, and
   * streams of events end, so that their clients come back.
   *
   * @param folder of the files that it refers to
   * @throws {ContractError} if it can't be served. The last good one stays.
   */
  readonly swap: (text: string, folder?: string) => Contract
}

/** The mode of a server for people who work on the contract. */
export const development: Mode = { strictReplies: true, mocks: true, reasons: true, places: true }

type Listener = (request: IncomingMessage, response: ServerResponse) => void

const notYet =
  (name: string): Listener =>
  (_request, response) => {
    response.writeHead(503, { 'Content-Type': 'application/json', 'Retry-After': '1' })
    response.end(JSON.stringify({ detail: `${name} cannot be served yet: see the terminal` }))
  }

/** What a live server is made of. */
export interface LiveOptions<Services> extends Omit<AppOptions<Services>, 'contract' | 'handlers' | 'mode'> {
  /** What messages call the contract: `openapi.yaml`, unless told otherwise. */
  readonly name?: string
  /** The handlers, or what makes them of each contract. */
  readonly handlers: Handlers<Services> | ((contract: Contract) => Handlers<Services>)
}

/** Makes a live server, which doesn't listen yet, and has no contract yet. */
export const createLiveServer = <Services>({
  name = 'openapi.yaml',
  handlers,
  ...options
}: LiveOptions<Services>): LiveServer => {
  const live = createLivePage()
  let contract: Contract | undefined
  let listener = notYet(name)
  let serving = new AbortController()
  const serve: Listener = (request, response) => {
    if (!live.handle(request, response)) listener(request, response)
  }
  const server = createServer(serve).on('checkContinue', serve)
  return {
    server,
    contract: () => contract,
    swap: (text, folder) => {
      try {
        const optionsFor = (contract: Contract): AppOptions<Services> => ({
          ...options,
          contract,
          handlers: typeof handlers === 'function' ? handlers(contract) : handlers,
          mode: development,
          page: { ...options.page, script: live.script }
        })
        const beginning = new AbortController()
        const before = contract
        const changed = before && ((after: Contract) => changedOperations(before, after))
        const next = parseContract(text, name, after => fits(optionsFor(after), changed)(after), folder)
        const { app } = createApp({ ...optionsFor(next), stopping: beginning.signal })
        listener = (request, response) => {
          app(request, response)
        }
        serving.abort()
        serving = beginning
        contract = next
        live.tell(undefined)
        return next
      } catch (error) {
        if (error instanceof ContractError) live.tell(error.message)
        throw error
      }
    }
  }
}
