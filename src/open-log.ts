import type { Config } from './config.js'
import { createLog, type Log } from './log.js'
import { openStandardOutput } from './standard-output.js'
import { wantsColours } from './wants-colours.js'

/** The log of this process: on standard output, readable where that is a terminal. */
export const openLog = ({ logLevel: level }: Config, environment: NodeJS.ProcessEnv): Log => {
  const stream = openStandardOutput()
  return createLog({ level, stream, readable: stream.isTTY, coloured: wantsColours(stream, environment) })
}
