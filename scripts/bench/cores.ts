import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** The text of a file; none if there is no such file, or not any more. */
export const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

// `0-2,5` → [0, 1, 2, 5], as Linux writes sets of cores.
const parseSet = (text: string): number[] =>
  [...text.matchAll(/(\d+)(?:-(\d+))?/g)].flatMap(([, first, last = first]) =>
    Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index)
  )

/** Which cores are for what. */
export interface Cores {
  readonly server: number
  readonly load: number
  /** Those that there are. */
  readonly all: readonly number[]
}

/** A command that runs on some cores only; the same one if none are named. */
export const onCores = (cores: readonly number[] | undefined, command: readonly string[]): readonly string[] =>
  cores ? ['taskset', '-c', cores.join(','), ...command] : command

/**
 * Moves this process, and with it all that it will start, to one core, and says which other one is for the servers.
 * A reason in words if that can't be done here.
 */
export const pin = (): Cores | string => {
  if (process.platform !== 'linux') return 'not pinned to cores: that takes Linux'
  const allowed = parseSet(/^Cpus_allowed_list:\s*(\S+)/m.exec(read('/proc/self/status'))?.[1] ?? '')
  const server = allowed.at(-1)
  if (server === undefined || allowed.length < 2) return 'not pinned to cores: there is only one'
  // Two threads of one core slow each other down; better the load is on another core altogether.
  const siblings = parseSet(read(`/sys/devices/system/cpu/cpu${server}/topology/thread_siblings_list`))
  const load = allowed.find(core => !siblings.includes(core) && core !== server) ?? allowed[0] ?? 0
  const { status } = spawnSync('taskset', ['-a', '-c', '-p', String(load), String(process.pid)], { stdio: 'ignore' })
  return status === 0 ? { server, load, all: allowed } : 'not pinned to cores: taskset is missing'
}
