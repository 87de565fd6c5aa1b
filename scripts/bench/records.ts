import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './temporary-folder.js'

/** What `records.yaml` calls a Record. */
export interface BenchRecord {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly status: 'draft' | 'open' | 'closed'
  readonly score: number
  readonly count: number
  readonly active: boolean
  readonly created: string
  readonly due: string | null
  readonly tags: readonly string[]
  readonly owner: { readonly id: string; readonly name: string }
  readonly note: string | null
}

const statuses = ['draft', 'open', 'closed'] as const
const words = ['alder', 'birch', 'cedar', 'elm', 'fir', 'hazel', 'larch', 'maple', 'oak', 'pine', 'rowan', 'willow']

const idOf = (number: number): string => `${number.toString(16).padStart(8, '0')}-3c1b-4d58-9f0a-5be2cf2c7d10`
const textOf = (seed: number, count: number): string =>
  Array.from({ length: count }, (_, index) => words[(seed * 7 + index * 5 + index * index) % words.length]).join(' ')
const momentOf = (number: number): string => new Date(Date.UTC(2026, 0, 1) + number * 5_025_000).toISOString()

const recordOf = (number: number): BenchRecord => ({
  id: idOf(number),
  name: `Record ${number}`,
  email: `owner${number}@example.com`,
  status: statuses[number % 3] ?? 'draft',
  score: (number * 37) % 100.5,
  count: number * 5,
  active: number % 2 === 0,
  created: momentOf(number),
  due: number % 4 === 0 ? null : momentOf(number + 1000).slice(0, 10),
  tags: ['green', 'tall', `row-${number % 10}`],
  owner: { id: idOf(number + 100_000), name: `Owner ${number}` },
  note: number % 3 === 0 ? null : textOf(number, 8)
})

/** All records that there are, the same each time. */
export const records: readonly BenchRecord[] = Array.from({ length: 300 }, (_, number) => recordOf(number))

/** A record to create, of 2 KiB of JSON. */
export const newRecord: Omit<BenchRecord, 'id'> = {
  name: 'Record 7',
  email: 'owner7@example.com',
  status: 'open',
  score: 58.5,
  count: 35,
  active: false,
  created: momentOf(7),
  due: '2026-02-28',
  tags: ['green', 'tall', 'row-7'],
  owner: { id: idOf(100_007), name: 'Owner 7' },
  note: textOf(7, 321)
}

/** A document of 512 KiB of JSON. */
export const document = {
  title: 'A large document',
  rows: Array.from({ length: 3651 }, (_, number) => ({
    id: number + 1,
    name: `Row ${number}`,
    values: Array.from({ length: 8 }, (_, index) => ((number * 31 + index * 17) % 1000) / 8),
    note: number % 3 === 0 ? null : textOf(number, 12)
  }))
}

/** A file of 5 MiB, of bytes without any pattern that a parser would find by luck. */
export const file = ((): Buffer => {
  const bytes = Buffer.alloc(5 * 1024 * 1024)
  let state = 1
  for (let at = 0; at < bytes.length; at += 4) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    bytes.writeUInt32LE(state, at)
  }
  return bytes
})()

/** Writes what servers share into files, and says where: variables of their environment. */
export const shareRecords = (): Readonly<Record<'RECORDS' | 'FILE', string>> => {
  const folder = temporaryFolder()
  const files = { RECORDS: join(folder, 'records.json'), FILE: join(folder, 'file.bin') }
  writeFileSync(files.RECORDS, JSON.stringify(records))
  writeFileSync(files.FILE, file)
  return files
}
