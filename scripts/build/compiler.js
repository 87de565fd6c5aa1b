import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { wantsColours } from '../lib/colours.js'

// The compiler makes so much that is soon let go that Node's own small space for that costs it a tenth of its time.
const youngSpace = '--max-semi-space-size=64'

/**
 * Starts the compiler over `src/` in a process of its own, for it takes the longest of all that a build does.
 *
 * @returns `complaints`, a promise of what it prints, which is empty if the code fits the types, and `stop`, after which
 * that promise never settles
 */
export const startCompiler = (root, outFolder) => {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  const pretty = String(wantsColours(process.stdout))
  const args = [youngSpace, tsc, '-p', 'scripts/tsconfig.build.json', '--outDir', outFolder, '--pretty', pretty]
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', text => (printed += text))
  const complaints = new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (child.killed) return
      if (code === 0) resolve('')
      else resolve(printed || `The compiler ended with ${signal ?? `exit code ${code}`}.\n`)
    })
  })
  return { complaints, stop: () => child.kill() }
}
