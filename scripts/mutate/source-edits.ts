import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Edit, evenly } from './edit.js'
import { securityFaults } from './security-faults.js'
import { faultsOf, parseSource } from './source-faults.js'

/** How many faults are made in `src/`, besides those of its security: as many as a run can try in half an hour. */
export const mostFaults = 95

/**
 * Single faults of the code, made from its syntax trees: the chosen ones in what keeps others out, and of all others, a
 * thousand and more, so many, evenly picked.
 *
 * @param root the folder of the project
 * @throws {CannotRunError} if a fault of the security has lost its place
 */
export const sourceEdits = (root: string, most = mostFaults): Edit[] => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .sort()
    .map(name => parseSource(`src/${name.replaceAll('\\', '/')}`, readFileSync(join(root, 'src', name), 'utf8')))
  return [...securityFaults(files), ...evenly(files.flatMap(faultsOf), most)]
}
