import type { IncomingMessage } from 'node:http'
import type { OperationObject } from '../openapi/operation-object.js'

/** A request of Node's, on which the router notes the operation that it is for, so that whoever has the request knows it. */
export interface RoutedMessage extends IncomingMessage {
  operation?: OperationObject | undefined
}
