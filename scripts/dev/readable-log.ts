import { createLog, type Log, type LogOptions } from '../../src/log.js'
import { wantsColours } from '../lib/colours.js'

/** A log for people to read, on standard error, whatever that is. */
export const readableLog = (level: LogOptions['level']): Log =>
  createLog({ level, stream: process.stderr, readable: true, coloured: wantsColours(process.stderr) })
