import { expect, test } from '@jest/globals'
import { TurnQueue } from '../../src/http/turn-queue.js'

/** How many turns are had between two looks at what has come in, `isNew` telling whether a connection comes at each. */
const turnsOfEach = async (isNew: boolean): Promise<number[]> => {
  const queue = new TurnQueue()
  let had = 0
  for (let added = 0; added < 20; added += 1) queue.add(() => (had += 1))
  const counts: number[] = []
  while (had < 20) {
    if (isNew) queue.connected()
    const before = had
    await new Promise(resolve => setImmediate(resolve))
    if (had > before) counts.push(had - before)
  }
  return counts
}

test('connections have their turn a few at a time', async () => {
  expect(await turnsOfEach(false)).toEqual([8, 8, 4])
})

test('and one at a time while others come, which Node accepts one by one between them', async () => {
  expect(await turnsOfEach(true)).toEqual(Array(20).fill(1))
})
