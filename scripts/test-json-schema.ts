/**
 * `npm run test:json-schema -- DIR`: sends the values of the JSON Schema Test Suite to the server as requests, and lets
 * it reply with them: each group of the suite is an operation, whose body and whose reply have its schema.
 *
 *   DIR      the folder of a draft: tests/draft2020-12 of the suite
 *   --all    prints each disagreement, and not only the first ones
 *
 * Exit code 1 if a request or a reply comes out otherwise than the suite says, without being refused before the server
 * listens.
 */
import { endProgress, showProgress } from './lib/progress.js'
import { disagreements, reportOf } from './test-json-schema/report.js'
import { readSuite, SuiteError } from './test-json-schema/suite.js'
import { trySuite } from './test-json-schema/try-suite.js'

const usage =
  'npm run test:json-schema -- DIR [--all]\n\n  DIR  the folder tests/draft2020-12 of the JSON Schema Test Suite'

/** How many disagreements are printed where not all are asked for. */
const first = 20

console.warn = () => undefined // what libraries remark of odd schemas, which the suite is full of

const args = process.argv.slice(2)
const [folder, ...more] = args.filter(arg => arg !== '--all')

try {
  if (folder === undefined || folder.startsWith('-') || more.length > 0) throw new SuiteError(usage)
  const groups = readSuite(folder)
  const tried = await trySuite(groups, done => {
    showProgress('Trying the suite', `${done} of ${groups.length} groups`)
  })
  endProgress()
  console.log(reportOf(tried))
  const wrong = disagreements(tried)
  const shown = args.includes('--all') ? wrong : wrong.slice(0, first)
  if (wrong.length > 0) console.log(`\n${shown.join('\n')}`)
  if (shown.length < wrong.length) console.log(`and ${wrong.length - shown.length} more (--all)`)
  process.exitCode = wrong.length > 0 ? 1 : 0
} catch (error) {
  endProgress()
  if (!(error instanceof SuiteError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
