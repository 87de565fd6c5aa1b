import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Contract } from '../../src/contract/index.js'
import { root } from '../lib/root.js'
import type { Coverage } from './coverage.js'
import { missedWays } from './coverage.js'
import { coveragePage } from './coverage-page.js'
import { coverageTable } from './coverage-table.js'

/** What was never tried of a contract, a line each, with its place. */
export const missedLines = (contract: Contract, coverage: Coverage): string[] =>
  coverage.missed.map(item => {
    const { pointer, operation, words } = item
    return `${contract.place(pointer, 'key')}  ${operation}: ${words} was never ${missedWays(item).join(' nor ')}.`
  })

/**
 * Writes a page to `coverage/NAME.html`, and the table that Jest ends with to `coverage/NAME.txt`.
 *
 * @param name `contract` for this server, `elsewhere` for any other
 */
export const writeCoverage = (contract: Contract, coverage: Coverage, name: 'contract' | 'elsewhere'): void => {
  const folder = join(root, 'coverage')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.html`), coveragePage(contract, coverage.items))
  const table = coverageTable(contract, coverage)
  writeFileSync(join(folder, `${name}.txt`), `${table}; line by line in coverage/${name}.html\n`)
}
