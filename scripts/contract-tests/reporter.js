import { readFileSync } from 'node:fs'
import { styleText } from 'node:util'
import { wantsColours } from '../lib/colours.js'

/** The tests that the contract writes, by the name of the table that they leave. */
const suites = { contract: /\/test\/contract\.test\.ts$/, elsewhere: /\/test\/elsewhere\.ts$/ }

const colours = wantsColours(process.stderr)

const coloured = line => {
  if (!colours) return line
  if (line.startsWith('✗')) return styleText('red', line)
  if (line.startsWith('–')) return styleText('yellow', line)
  return line.startsWith('✓') ? styleText('green', line.slice(0, 1)) + line.slice(1) : styleText('bold', line)
}

/** Ends Jest's output with what was tried of the contract, if the tests that the contract writes were among its tests. */
export default class ContractCoverageReporter {
  onRunComplete(_contexts, { testResults }) {
    for (const [name, pattern] of Object.entries(suites)) {
      const ran = testResults.some(
        ({ testFilePath, numPassingTests }) => numPassingTests > 0 && pattern.test(testFilePath)
      )
      if (!ran) continue
      const table = readFileSync(new URL(`../../coverage/${name}.txt`, import.meta.url), 'utf8')
      console.error(`\n${table.split('\n').map(coloured).join('\n')}`)
    }
  }
}
