import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { sendTo } from '../../scripts/contract-tests/client.js'

/** Clients that ask a server again and again, each on a connection that it keeps or on a new one each time. */
export interface Visitors {
  /** How often they have been answered. */
  readonly answered: () => number
  /** Resolves when each of them has been answered once more. */
  readonly onceMore: () => Promise<void>
  /** Lets them finish. Resolves with why requests got no 200. */
  readonly leave: () => Promise<readonly string[]>
}

/** Lets so many clients of each kind read the chapter's user. */
export const startVisitors = (port: number, each = 4): Visitors => {
  const url = new URL(`http://127.0.0.1:${port}`)
  const failures: string[] = []
  const counts = new Array<number>(2 * each).fill(0)
  const lookers = new Set<() => void>()
  const agent = new Agent({ keepAlive: true })
  let areLeaving = false
  const visit = async (index: number): Promise<void> => {
    while (!areLeaving) {
      try {
        const request = { path: '/users/me', headers: { Authorization: 'Bearer johndoe' } }
        const { status } = await sendTo(url, request, index < each ? agent : undefined)
        if (status !== 200) failures.push(String(status))
      } catch (error) {
        failures.push(String(error))
      }
      counts[index] = (counts[index] ?? 0) + 1
      for (const look of lookers) look()
      await sleep(10) // without a pause they would take the time in which the server changes
    }
  }
  const visits = counts.map((_, index) => visit(index))
  return {
    answered: () => counts.reduce((sum, count) => sum + count, 0),
    onceMore: () => {
      const before = [...counts]
      return new Promise(resolve => {
        const look = (): void => {
          if (counts.some((count, index) => count < (before[index] ?? 0) + 2)) return
          lookers.delete(look)
          resolve()
        }
        lookers.add(look)
      })
    },
    leave: async () => {
      areLeaving = true
      await Promise.all(visits)
      agent.destroy()
      return failures
    }
  }
}
