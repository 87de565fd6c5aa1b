import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Edit, evenly } from './edit.js'
import { securityFaults } from './security-faults.js'
import { faultsOf, parseSource } from './source-faults.js'

/** How many faults are made in `src/`, besides those of its security: as many as a run can try in half an hour. */
const most = 95

/**
 * Single faults in all rooms of `src/`, made from its syntax trees: the chosen ones in what keeps others out, and so
 * many of all others, of which each file has its share.
 *
 * @param root the folder of the project
 * @param all whether all others are wanted: a thousand and more
 * @throws {CannotRunError} if a fault of the security has lost its place
 */
export const sourceEdits = (root: string, all = false): Edit[] => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .sort()
    .map(name => parseSource(`src/${name.replaceAll('\\', '/')}`, readFileSync(join(root, 'src', name), 'utf8')))
  const found = files.map(faultsOf).filter(faults => faults.length > 0)
  const share = all ? 1 : most / found.flat().length
  return [
    ...securityFaults(files),
    ...found.flatMap(faults => evenly(faults, Math.max(1, Math.round(faults.length * share))))
  ]
}
