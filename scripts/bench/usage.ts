import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** What processes have used so far. */
export interface Usage {
  /** User and system time, in microseconds. */
  readonly cpu: number
  /** Resident memory, in bytes. */
  readonly rss: number
}

interface ProcessUsage extends Usage {
  readonly pid: number
  readonly parent: number
}

const hasProc = existsSync('/proc/self/stat')

const systemValue = (name: string, otherwise: number): number => {
  try {
    return Number(execFileSync('getconf', [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  } catch {
    return otherwise
  }
}
const tick = hasProc ? 1e6 / systemValue('CLK_TCK', 100) : 0 // microseconds
const page = hasProc ? systemValue('PAGESIZE', 4096) : 0 // bytes

const fromProc = (): ProcessUsage[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      let text: string
      try {
        text = readFileSync(`/proc/${name}/stat`, 'utf8')
      } catch {
        return [] // it has just ended
      }
      // The name of the program is in parentheses and may hold anything; numbered as in proc(5), field 3 comes next.
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
      const field = (number: number): number => Number(fields[number - 3])
      const cpu = (field(14) + field(15) + field(16) + field(17)) * tick // 16 and 17: children that have ended
      return [{ pid: Number(name), parent: field(4), cpu, rss: field(24) * page }]
    })

// [[days-]hours:]minutes:seconds[.hundredths]
const parseTime = (text: string): number => {
  const [clock = '', days = '0'] = text.split('-').reverse()
  return clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) + Number(days) * 86_400
}

const fromPs = (): ProcessUsage[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,time=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(line => {
      const [pid, parent, time = '', rss] = line.trim().split(/\s+/)
      return { pid: Number(pid), parent: Number(parent), cpu: parseTime(time) * 1e6, rss: Number(rss) * 1024 }
    })

/** What a process and all its descendants have used since they were started. */
export const usageOf = (root: number): Usage => {
  const all = hasProc ? fromProc() : fromPs()
  const family = new Set([root])
  for (let size = 0; size < family.size;) {
    size = family.size
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid)
  }
  const members = all.filter(({ pid }) => family.has(pid))
  return {
    cpu: members.reduce((sum, { cpu }) => sum + cpu, 0),
    rss: members.reduce((sum, { rss }) => sum + rss, 0)
  }
}
