import { IncomingMessage, type ServerOptions, ServerResponse } from 'node:http'
import express, { type Express, type Request } from 'express'
import type { RoutedMessage } from '../contract/index.js'
import { type Listeners, TurnServer } from './turn-server.js'

/** An Express app, and the server that it costs least on. */
export interface ExpressServer {
  readonly app: Express
  /** The IP address that a request comes from: that of its socket, or what trusted proxies say. */
  readonly addressOf: (message: IncomingMessage) => string
  /** Makes a server for the app, or for what calls it. It doesn't listen yet. */
  readonly createServer: (options: ServerOptions, listeners?: Listeners) => TurnServer
}

/**
 * An Express app without the defaults that don't suit an API (`X-Powered-By`, ETags, lenient routing).
 *
 * Express gives each request and each response another prototype with `Object.setPrototypeOf`, after which V8 treats
 * both as slow objects: a handler that ends the response at once cost 5 times as much as on raw `node:http`. Here the
 * server makes them with those prototypes from the start, so that the call changes nothing, and the same handler cost
 * 0.96 times as much. It has to be real classes: `Reflect.construct` made it slower than before.
 *
 * @param proxies how many of those in front of the server are trusted to say who asks
 */
export const createExpress = (proxies = 0): ExpressServer => {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', proxies)
  app.enable('case sensitive routing')
  app.enable('strict routing')

  class BornRequest extends IncomingMessage {
    // What is noted on a request on its way. They are there from the start, so that all requests have one shape.
    operation: RoutedMessage['operation'] = undefined
    requestId: string | undefined = undefined
    began = 0
  }
  class BornResponse<Message extends IncomingMessage = IncomingMessage> extends ServerResponse<Message> {}
  adopt(BornRequest.prototype, app.request)
  adopt(BornResponse.prototype, app.response)
  app.request = BornRequest.prototype as unknown as Express['request']
  app.response = BornResponse.prototype as unknown as Express['response']

  return {
    app,
    addressOf: message => (proxies === 0 ? message.socket.remoteAddress : (message as Request).ip) ?? '',
    createServer: (options, listeners = { serve: app }) =>
      new TurnServer({ ...options, IncomingMessage: BornRequest, ServerResponse: BornResponse }, listeners)
  }
}

/** Copies what Express adds to Node's prototypes, layer by layer and as it is, getters included. */
const adopt = (target: object, source: object): void => {
  const layers: object[] = []
  for (
    let layer: object | null = source;
    layer && !isNodes(layer);
    layer = Object.getPrototypeOf(layer) as object | null
  ) {
    layers.unshift(layer)
  }
  for (const layer of layers) Object.defineProperties(target, Object.getOwnPropertyDescriptors(layer))
}

const isNodes = (prototype: object): boolean =>
  prototype === IncomingMessage.prototype || prototype === ServerResponse.prototype
