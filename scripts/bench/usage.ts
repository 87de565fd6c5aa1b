import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { read } from './cores.js'
import { sum } from './statistics.js'

/** What a process has used so far. */
interface Usage {
  readonly group: number
  /** User and system time, in microseconds. */
  readonly cpu: number
  /** Resident memory, in bytes. */
  readonly rss: number
}

const hasProc = existsSync('/proc/self/stat')

const systemValue = (name: string, otherwise: number): number =>
  Number(spawnSync('getconf', [name], { encoding: 'utf8' }).stdout) || otherwise
const tick = hasProc ? 1e6 / systemValue('CLK_TCK', 100) : 0 // microseconds
const page = hasProc ? systemValue('PAGESIZE', 4096) : 0 // bytes

const fromProc = (): Usage[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(name => {
      const text = read(`/proc/${name}/stat`)
      // The name of the program is in parentheses and may hold anything; numbered as in proc(5), field 3 comes next.
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
      const field = (number: number): number => Number(fields[number - 3])
      const cpu = (field(14) + field(15) + field(16) + field(17)) * tick // 16 and 17: children that have ended
      return { group: field(5), cpu, rss: field(24) * page }
    })

// [[days-]hours:]minutes:seconds[.hundredths]
const parseTime = (text: string): number => {
  const [clock = '', days = '0'] = text.split('-').reverse()
  return clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) + Number(days) * 86_400
}

const fromPs = (): Usage[] =>
  execFileSync('ps', ['-A', '-o', 'pgid=,time=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(line => {
      const [group, time = '', rss] = line.trim().split(/\s+/)
      return { group: Number(group), cpu: parseTime(time) * 1e6, rss: Number(rss) * 1024 }
    })

/** What the processes of a group that still run have used since they were started, and those that they waited for. */
export const usageOf = (group: number): Omit<Usage, 'group'> => {
  const members = (hasProc ? fromProc() : fromPs()).filter(one => one.group === group)
  return { cpu: sum(members.map(({ cpu }) => cpu)), rss: sum(members.map(({ rss }) => rss)) }
}
