/** `npm run mutate`: see `--help`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { OptionError } from './lib/options.js'
import { endProgress } from './lib/progress.js'
import { root } from './lib/root.js'
import { contractEdits } from './mutate/contract-edits.js'
import { CannotRunError, type Edit, evenly, idOf, type Side } from './mutate/edit.js'
import { help, type Options, readOptions } from './mutate/options.js'
import { createProgress } from './mutate/progress-of-edits.js'
import { goal, reportOf, scoreOf, type Tried } from './mutate/report.js'
import { digestOf, Results } from './mutate/results.js'
import { tryEdits } from './mutate/run.js'
import { sourceEdits } from './mutate/source-edits.js'
import { removeWorkspaces } from './mutate/workspace.js'

const file = 'coverage/mutate/results.jsonl'

const editsOf = (side: Side, all: boolean): Edit[] =>
  side === 'contract' ? contractEdits(readFileSync(join(root, 'openapi.yaml'), 'utf8')) : sourceEdits(root, all)

const mutate = async ({ sides, jobs, sample, only, again }: Options): Promise<number> => {
  const found = sides.flatMap(side => editsOf(side, only !== '')).filter(edit => idOf(edit).includes(only))
  const edits = evenly(found, sample)
  if (edits.length === 0) throw new OptionError('There are no such edits.')
  const results = new Results(join(root, file), digestOf(root))
  const todo = edits.filter(edit => again || !results.get(idOf(edit)))
  if (results.outdated) console.error(`The results in ${file} were of other sources: all edits are tried anew.`)
  if (todo.length < edits.length) console.error(`${edits.length - todo.length} of ${edits.length} edits have a result.`)
  const progress = createProgress(todo.length, jobs)
  await tryEdits(todo, {
    root,
    jobs,
    onStart: progress.start,
    onResult: result => {
      results.add(result)
      progress.end(result)
    }
  })
  endProgress()
  const tried = edits.flatMap((edit): Tried[] => {
    const result = results.get(idOf(edit))
    return result ? [{ edit, result }] : []
  })
  console.log(reportOf(tried))
  return scoreOf(tried) >= goal ? 0 : 1
}

const leave = (code: number): never => {
  removeWorkspaces()
  endProgress()
  return process.exit(code)
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129]
] as const) {
  process.on(signal, () => {
    endProgress()
    console.error('Stopped. The same command goes on from here.')
    leave(code)
  })
}

try {
  const options = readOptions(process.argv.slice(2))
  if (!options) console.log(help)
  leave(options ? await mutate(options) : 0)
} catch (error) {
  endProgress()
  console.error(error instanceof OptionError || error instanceof CannotRunError ? error.message : error)
  leave(2)
}
