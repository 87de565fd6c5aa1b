/** `npm run mutate`: see `--help`. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OptionError } from './lib/options.js'
import { endProgress, showProgress } from './lib/progress.js'
import { root } from './lib/root.js'
import { CannotRunError, type Edit, evenly, nameOfEdit } from './mutate/edit.js'
import { help, type Options, readOptions } from './mutate/options.js'
import type { Tried } from './mutate/try-edits.js'

// Modules that load the compiler are loaded where they are needed: it takes longer than all that is said without it.
const mutate = async ({ contract, source, jobs, sample, only }: Options): Promise<number> => {
  const found: Edit[] = []
  if (contract) {
    const { contractEdits } = await import('./mutate/contract-edits.js')
    found.push(...contractEdits(readFileSync(join(root, 'openapi.yaml'), 'utf8')))
  }
  if (source) {
    const { sourceEdits } = await import('./mutate/source-edits.js')
    found.push(...sourceEdits(root, only === '' ? undefined : Infinity))
  }
  const edits = evenly(
    found.filter(edit => nameOfEdit(edit).includes(only)),
    sample
  )
  if (edits.length === 0) throw new OptionError('There are no such edits.')
  const build = spawnSync(process.execPath, ['scripts/build.js', '--if-needed'], { cwd: root, encoding: 'utf8' })
  if (build.status !== 0) throw new CannotRunError(`The project can't be built:\n${build.stdout}${build.stderr}`)
  const { tryEdits } = await import('./mutate/try-edits.js')
  const { goal, reportOf, scoreOf } = await import('./mutate/report.js')
  const tried: Tried[] = []
  showProgress(`${edits.length} edits`, 'first without any')
  await tryEdits(root, edits, jobs, one => {
    tried.push(one)
    const survived = tried.filter(({ noticed }) => !noticed).length
    const tens = Math.floor(tried.length / 10) * 10
    showProgress(`${tens} of ${edits.length} edits tried, ${survived} not noticed`, nameOfEdit(one.edit))
  })
  endProgress()
  console.log(reportOf(tried))
  return scoreOf(tried) >= goal ? 0 : 1
}

for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }))
  process.on(signal, () => process.exit(code))
process.on('exit', endProgress)

try {
  const options = readOptions(process.argv.slice(2))
  if (!options) console.log(help)
  process.exit(options ? await mutate(options) : 0)
} catch (error) {
  endProgress()
  console.error(error instanceof OptionError || error instanceof CannotRunError ? error.message : error)
  process.exit(2)
}
