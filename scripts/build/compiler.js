import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { cacheFolder } from '../lib/cache-folder.js'
import { wantsColours } from '../lib/colours.js'

// The compiler makes so much that is soon let go that Node's own small space for that costs it a tenth of its time.
const youngSpace = '--max-semi-space-size=64'

/** Where the compiler keeps what it has found, of this project alone: copies of it may share their packages. */
const foundIn = root => {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16)
  return join(cacheFolder('compiler'), `${name}.tsbuildinfo`)
}

/** What the compiler is to be given to check `src/`, and to look only at what has changed since it last did. */
export const compilerArgs = root => [
  createRequire(import.meta.url).resolve('typescript/bin/tsc'),
  ...['--project', 'scripts/tsconfig.build.json', '--incremental', '--tsBuildInfoFile', foundIn(root)]
]

/**
 * Starts the compiler over `src/` in a process of its own, for it takes the longest of all that a build does.
 *
 * @returns `complaints`, a promise of what it prints, which is empty if the code fits the types, and `stop`, after which
 * that promise never settles
 */
export const startCompiler = root => {
  const pretty = String(wantsColours(process.stdout))
  const args = [youngSpace, ...compilerArgs(root), '--pretty', pretty]
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
