/** `npm run bench`: see `--help`. All traffic stays on 127.0.0.1. */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { OptionError } from './lib/options.js'
import { endProgress } from './lib/progress.js'
import { styled } from './lib/table.js'
import { pin } from './bench/cores.js'
import { benchJson } from './bench/json.js'
import { help, type Options, readOptions } from './bench/options.js'
import { benchPage } from './bench/page.js'
import { prepare, PrepareError } from './bench/project.js'
import { measureReal } from './bench/real.js'
import { measureScenarios } from './bench/run.js'

const bench = async (options: Options): Promise<void> => {
  if (process.platform === 'win32')
    throw new OptionError('This takes Linux or macOS: it counts CPU time with their means.')
  prepare()
  const cores = pin()
  const cpu = cpus()[0]?.model ?? 'unknown CPU'
  const pinned = typeof cores === 'string' ? cores : `servers on core ${cores.server}, load from core ${cores.load}`
  const machine = `Node ${process.version}, ${cpu}, ${cpus().length} cores; ${pinned}`
  console.log(styled('dim', machine))
  const tell = (report: string): void => {
    endProgress()
    console.log(`\n${report}`)
  }
  const { real, report, json } = options
  const used = typeof cores === 'string' ? undefined : cores
  if (real) return measureReal(options, used, tell)
  const results = await measureScenarios(options, used, tell)
  if (report !== undefined) writeFileSync(report, benchPage(machine, results))
  if (json !== undefined) writeFileSync(json, benchJson(machine, results))
}

// Servers and the load generator end when this process does, whatever ends it: see `lib/process.ts`.
for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }))
  process.on(signal, () => process.exit(code))
process.on('exit', endProgress)

try {
  const options = readOptions(process.argv.slice(2))
  if (options) await bench(options)
  else console.log(help)
  process.exit()
} catch (error) {
  endProgress()
  console.error(error instanceof OptionError || error instanceof PrepareError ? error.message : error)
  process.exit(1)
}
