/** `npm run soak`: see `--help`. All traffic stays on this machine. */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { OptionError } from './lib/options.js'
import { endProgress } from './lib/progress.js'
import { styled } from './lib/table.js'
import { mustTable } from './soak/must.js'
import { help, type Options, readOptions } from './soak/options.js'
import { soakPage } from './soak/page.js'
import { Recorder } from './soak/recorder.js'
import { soak } from './soak/run.js'

const run = async (options: Options): Promise<number> => {
  const { seed, workers, report } = options
  const recorder = new Recorder()
  const result = await soak(options, recorder)
  endProgress()
  const cpu = cpus()[0]?.model ?? 'unknown CPU'
  const machine = `Node ${process.version}, ${cpu}, ${cpus().length} cores; WORKERS=${workers}, seed ${seed}`
  for (const { text } of result.findings) console.log(`${text}\n`)
  console.log(`${styled('dim', machine)}\n\n${mustTable(result.musts, result.skipped)}`)
  if (report !== undefined) writeFileSync(report, soakPage({ ...result, machine }, recorder))
  return result.musts.every(({ isKept }) => isKept) ? 0 : 1
}

// Servers and the polite client end when this process does, whatever ends it: see `lib/process.ts`.
for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }))
  process.on(signal, () => process.exit(code))
process.on('exit', endProgress)

try {
  const options = readOptions(process.argv.slice(2))
  if (!options) console.log(help)
  process.exit(options ? await run(options) : 0)
} catch (error) {
  endProgress()
  console.error(error instanceof OptionError ? error.message : error)
  process.exit(2)
}
