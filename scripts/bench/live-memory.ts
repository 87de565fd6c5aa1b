import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { inBench } from './project.js'
import type { Launch } from './start.js'

/** Reads what a Node server holds on to: the heap that is left when garbage has been collected, in bytes. */
export interface LiveMemory {
  /** The launch with a probe in it. */
  readonly launch: Launch
  /** `NaN` if the server doesn't say within 5 s. */
  readonly read: (pid: number) => Promise<number>
}

/** Puts a probe into a server that is going to be started. */
export const probeLiveMemory = ({ command, environment }: Launch): LiveMemory => {
  const folder = mkdtempSync(join(tmpdir(), 'memory-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'bytes')
  const probe = `--import ${pathToFileURL(inBench('servers/memory-probe.js')).href}`
  return {
    launch: { command, environment: { ...environment, NODE_OPTIONS: probe, MEMORY_FILE: file } },
    read: async pid => {
      rmSync(file, { force: true })
      process.kill(pid, 'SIGUSR2')
      for (let waited = 0; waited < 5000; waited += 20) {
        await sleep(20)
        if (existsSync(file)) return Number(readFileSync(file, 'utf8'))
      }
      return NaN
    }
  }
}
