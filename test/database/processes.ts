import { expect } from '@jest/globals'
import { openDatabase } from '../../src/database/open-database.js'
import { readableLog } from '../../scripts/dev/readable-log.js'
import { type Running, startProcess } from '../../scripts/lib/process.js'

const start = async (url: string, prefix: string, count: number): Promise<Running> => {
  const args = ['test/database/add-users.js', url, prefix, String(count)]
  const running = startProcess(process.execPath, args, { messages: true })
  await running.until(/ready\n/)
  return running
}

/** The users whose names a process has printed in full. */
const acknowledged = ({ output }: Running): string[] => output().split('\n').slice(1, -1)

const expectUsers = async (url: string, names: readonly string[]): Promise<void> => {
  const database = await openDatabase(url, readableLog('info'))
  const found = (await database.users.list(undefined, 10_000)).map(({ user }) => user.username)
  await database.close()
  expect(names.filter(name => !found.includes(name))).toEqual([])
}

/** Lets ten processes open a new database at once, and each add some users. */
export const expectTenAtOnce = async (url: string): Promise<void> => {
  const processes = await Promise.all(Array.from('abcdefghij', prefix => start(url, prefix, 5)))
  for (const { child } of processes) child.send('go')
  const endings = await Promise.all(processes.map(({ ended }) => ended))
  expect(processes.map(({ errors }) => errors()).join('')).toBe('')
  expect(endings).toEqual(endings.map(() => ({ code: 0, signal: null })))
  const names = processes.flatMap(acknowledged)
  expect(names).toHaveLength(50)
  await expectUsers(url, names)
}

/** Kills a process (SIGKILL) in the middle of adding 1,000 users. */
export const expectDurable = async (url: string): Promise<void> => {
  const running = await start(url, 'user', 1000)
  running.child.send('go')
  await running.until(/user300\n/)
  running.child.kill('SIGKILL')
  expect(await running.ended).toEqual({ code: null, signal: 'SIGKILL' })
  const names = acknowledged(running)
  expect(names.length).toBeGreaterThan(300)
  expect(names.length).toBeLessThan(1000)
  await expectUsers(url, names)
}
