import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * Whether a program is on this machine. Says in a line what is left out if it isn't: a test run needs nothing but Node.
 *
 * @param leftOut what needs it, such as `the tour of the README`
 */
export const isInstalled = (program: string, leftOut: string): boolean => {
  const found = (process.env['PATH'] ?? '').split(delimiter).some(folder => isExecutable(join(folder, program)))
  if (!found) process.stderr.write(`There is no ${program} here: ${leftOut} is left out.\n`)
  return found
}

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
