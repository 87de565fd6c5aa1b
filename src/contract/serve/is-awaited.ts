import type { IncomingMessage } from 'node:http'

/** Whether somebody reads a body, and has read all that has come in of it: so that it is the client who is waited for. */
export const isAwaited = ({ complete, readableFlowing, readableLength }: IncomingMessage): boolean =>
  !complete && readableFlowing === true && readableLength === 0
