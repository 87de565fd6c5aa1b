import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Edit, lineAndColumn } from './edit.js'
import { authFaults } from './faults/auth-faults.js'
import { httpFaults } from './faults/http-faults.js'
import { processFaults } from './faults/process-faults.js'
import { repliesFaults } from './faults/replies-faults.js'
import { requestsFaults } from './faults/requests-faults.js'
import type { SourceFault } from './faults/source-fault.js'

/** Realistic single faults in all rooms of `src/`. */
export const sourceFaults: readonly SourceFault[] = [
  ...authFaults,
  ...httpFaults,
  ...requestsFaults,
  ...repliesFaults,
  ...processFaults
]

/**
 * The edits of `src/`, one for each of the listed faults.
 *
 * @param root the folder of the project
 * @throws {Error} if what a fault is made in isn't there, or is there more than once
 */
export const sourceEdits = (root: string, faults: readonly SourceFault[] = sourceFaults): Edit[] =>
  faults.map(({ file, from, to, what }) => {
    const text = readFileSync(join(root, file), 'utf8')
    const start = text.indexOf(from)
    if (start < 0) throw new Error(`${file} has no ${JSON.stringify(from)} for "${what}"`)
    if (text.includes(from, start + 1)) throw new Error(`${file} has ${JSON.stringify(from)} more than once`)
    const place = `${file}:${lineAndColumn(text, start)}`
    const kind = file.split('/').slice(0, 2).join('/')
    return { file, place, object: '', kind, what, splice: { start, end: start + from.length, text: to } }
  })
