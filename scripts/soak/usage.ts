import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'

/** What a server's processes hold. */
export interface Usage {
  /** Resident memory, in MiB. */
  readonly memory: number
  /** How many descriptors are open; `undefined` where there is no /proc. */
  readonly descriptors: number | undefined
}

interface Listed {
  readonly pid: number
  readonly parent: number
  readonly kib: number
}

/** All processes of this machine, by `ps`, which Linux and macOS have. */
const listed = async (): Promise<Listed[]> => {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,rss='])
  return stdout.split('\n').flatMap(line => {
    const [pid, parent, kib] = line.trim().split(/\s+/).map(Number)
    return pid === undefined || parent === undefined || kib === undefined ? [] : [{ pid, parent, kib }]
  })
}

/** A process and those that it has started, and so on. */
const familyOf = (pid: number, all: readonly Listed[]): Listed[] => {
  const own = all.filter(one => one.pid === pid)
  return [...own, ...all.filter(one => one.parent === pid).flatMap(one => familyOf(one.pid, all))]
}

/** The processes that a process has started and that still run. */
export const childrenOf = async (pid: number): Promise<number[]> =>
  (await listed()).filter(({ parent }) => parent === pid).map(one => one.pid)

const descriptorsOf = (pid: number): number | undefined => {
  try {
    return readdirSync(`/proc/${pid}/fd`).length
  } catch {
    return undefined
  }
}

// On Linux without starting a process each time, which would be in the way of what is measured.
const memoryOf = (pid: number): number | undefined => {
  try {
    return Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    return undefined
  }
}

/** How long some processes have waited for a core, in milliseconds; `undefined` where only Linux says it. */
export const waitOf = (pids: readonly number[]): number | undefined => {
  try {
    return pids.reduce(
      (total, pid) => total + Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6,
      0
    )
  } catch {
    return undefined
  }
}

/** What some processes hold together. */
export const usageOf = async (pids: readonly number[]): Promise<Usage> => {
  const descriptors = pids.map(descriptorsOf).filter(count => count !== undefined)
  const own = pids.map(memoryOf).filter(kib => kib !== undefined)
  const kib = own.length > 0 ? own : (await listed()).filter(({ pid }) => pids.includes(pid)).map(one => one.kib)
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  return { memory: sum(kib) / 1024, descriptors: descriptors.length > 0 ? sum(descriptors) : undefined }
}

/** The processes of a server: it and its workers. */
export const processesOf = async (pid: number): Promise<number[]> => familyOf(pid, await listed()).map(one => one.pid)
