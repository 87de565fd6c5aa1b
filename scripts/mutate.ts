/** `npm run mutate`: see `--help`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { killCommands } from './mutate/command.js'
import { contractEdits } from './mutate/contract-edits.js'
import { type Edit, idOf } from './mutate/edit.js'
import { help, OptionError, type Options, readOptions } from './mutate/options.js'
import { createProgress } from './mutate/progress-of-edits.js'
import { goal, reportOf, scoreOf, type Tried } from './mutate/report.js'
import { digestOf, Results } from './mutate/results.js'
import { NotGreenError, tryEdits } from './mutate/run.js'
import { chosen } from './mutate/sample.js'
import { sourceEdits } from './mutate/source-edits.js'
import { stagesOf } from './mutate/stages.js'
import { removeWorkspaces } from './mutate/workspace.js'
import { endProgress } from './lib/progress.js'

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '')
const file = 'coverage/mutate/results.jsonl'

const editsOf: Record<Options['sides'][number], () => Edit[]> = {
  contract: () => contractEdits(readFileSync(join(root, 'openapi.yaml'), 'utf8')),
  source: () => sourceEdits(root)
}

const mutate = async (options: Options): Promise<number> => {
  const edits = chosen(
    options.sides.flatMap(side => editsOf[side]()),
    options
  )
  if (edits.length === 0) throw new OptionError('There are no such edits.')
  const results = new Results(join(root, file), digestOf(root))
  const todo = edits.filter(edit => options.again || !results.get(idOf(edit)))
  if (results.outdated) console.error(`The results in ${file} were of other sources: all edits are tried anew.`)
  if (todo.length < edits.length) console.error(`${edits.length - todo.length} of ${edits.length} edits have a result.`)
  const stages = { contract: stagesOf(root, 'contract'), source: stagesOf(root, 'source') }
  const progress = createProgress(todo.length, options.jobs)
  if (todo.length > 0) {
    await tryEdits(todo, {
      root,
      stages,
      jobs: options.jobs,
      green: results.green,
      onGreen: side => results.addGreen(side),
      onStart: progress.start,
      onResult: result => {
        results.add(result)
        progress.end(result)
      }
    })
  }
  endProgress()
  const tried = edits.flatMap((edit): Tried[] => {
    const result = results.get(idOf(edit))
    return result ? [{ edit, result }] : []
  })
  console.log(reportOf(tried))
  return scoreOf(tried) >= goal ? 0 : 1
}

const leave = (code: number): never => {
  killCommands()
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
  console.error(error instanceof OptionError || error instanceof NotGreenError ? error.message : error)
  leave(2)
}
