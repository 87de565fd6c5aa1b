import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { send } from '../../scripts/contract-tests/client.js'
import { startMain } from '../support/process.js'

let main: Awaited<ReturnType<typeof startMain>>
beforeAll(async () => {
  main = await startMain()
})
afterAll(() => main.stop())

const descriptors = (): number => readdirSync(`/proc/${String(main.child.pid)}/fd`).length
const residentMiB = (): number => {
  const status = readFileSync(`/proc/${String(main.child.pid)}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
}

/** Asks for a file many times on one connection, and hangs up at the first byte that comes back. */
const askAndLeave = async (path: string): Promise<void> => {
  const socket = connect(main.port, '127.0.0.1')
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(1000))
  await once(socket, 'data')
  socket.resetAndDestroy()
  await once(socket, 'close')
}

const onLinux = existsSync('/proc/self/fd') ? test : test.skip
onLinux('requests on a connection that was closed before their turn leave no descriptor and no memory', async () => {
  const path = '/docs/swagger-ui-bundle.js'
  await askAndLeave(path)
  await send(main.port, { path })
  const before = { descriptors: descriptors(), memory: residentMiB() }
  for (let i = 0; i < 10; i += 1) await askAndLeave(path)
  await send(main.port, { path }) // answered after all of them have been seen to be gone
  expect(descriptors()).toBeLessThanOrEqual(before.descriptors + 3) // connections that are just being closed
  expect(residentMiB()).toBeLessThan(before.memory + 100) // what each left behind was 100 MB
})
