import { existsSync, readFileSync } from 'node:fs'
import { styleText } from 'node:util'

const suite = /test\/(elsewhere\/)?contract\.test\.ts$/

/** Ends Jest's output with what was tried of the contract, if the tests that the contract writes were among its tests. */
export default class ContractCoverageReporter {
  onRunComplete(_contexts, { testResults }) {
    const table = new URL('../../coverage/contract.txt', import.meta.url)
    if (!testResults.some(({ testFilePath }) => suite.test(testFilePath)) || !existsSync(table)) return
    const colours = process.stderr.isTTY && process.env.NO_COLOR === undefined
    const coloured = line => {
      if (!colours) return line
      if (line.startsWith('✗')) return styleText('red', line)
      return line.startsWith('✓') ? styleText('green', line.slice(0, 1)) + line.slice(1) : styleText('bold', line)
    }
    console.error(`\n${readFileSync(table, 'utf8').split('\n').map(coloured).join('\n')}`)
  }
}
