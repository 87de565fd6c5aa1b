import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { type Answer, type Sent, sendTo } from './client.js'

/** A server that the contract is held against, wherever it runs. */
export interface Target {
  /** Where it is, without a slash at the end. */
  readonly url: string
  /** Whether its URL has a path: then it is that of a server of the contract, whatever `servers` says. */
  readonly hasPath?: boolean
  /** Sends a request. Its path is added to the URL. Rejects if there is no answer. */
  send(request: Sent): Promise<Answer>
  /** Closes the connections that were kept open. */
  close(): void
}

/**
 * The server at a base URL, to which the paths of the contract are added: with those of its `servers`, unless the URL has
 * a path itself.
 *
 * @throws {TypeError} if it isn't a URL of `http:` or `https:`
 */
export const targetAt = (baseUrl: string): Target => {
  const base = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  if (!base || !/^https?:$/.test(base.protocol)) {
    throw new TypeError(`BASE_URL is ${JSON.stringify(baseUrl)}; it takes a URL such as https://api.example.com.`)
  }
  const prefix = base.pathname.replace(/\/$/, '')
  const options = { keepAlive: true, maxSockets: 8 }
  const agent = base.protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options)
  return {
    url: base.origin + prefix,
    hasPath: prefix !== '',
    send: request => sendTo(base, { ...request, path: prefix + request.path }, agent),
    close: () => {
      agent.destroy()
    }
  }
}
