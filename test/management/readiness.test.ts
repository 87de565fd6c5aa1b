import { expect, test } from '@jest/globals'
import { readinessOf } from '../../src/management/readiness.js'

const works = (): Promise<void> => Promise.resolve()
const fails = (): Promise<void> => Promise.reject(new Error('away'))
const hangs = (): Promise<void> => new Promise(() => undefined)

test('a process is ready if all of its parts work', async () => {
  expect(await readinessOf({ database: works, queue: works }, false)).toEqual({
    ready: true,
    parts: { database: 'ok', queue: 'ok', draining: 'no' }
  })
})

test('it is not while one fails, or says nothing for 2 s', async () => {
  expect(await readinessOf({ database: works, queue: fails }, false)).toEqual({
    ready: false,
    parts: { database: 'ok', queue: 'failing', draining: 'no' }
  })
  const began = performance.now()
  expect((await readinessOf({ database: hangs }, false)).ready).toBe(false)
  expect(performance.now() - began).toBeLessThan(3_000)
})

test('it is not while it stops, however well they work', async () => {
  expect(await readinessOf({ database: works }, true)).toEqual({
    ready: false,
    parts: { database: 'ok', draining: 'yes' }
  })
})
