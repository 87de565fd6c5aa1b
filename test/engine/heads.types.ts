/** The map of all handlers, on interfaces of the shape that `npm run generate` writes. */
import type { Handlers } from '../../src/contract/index.js'

interface All {
  readonly readNote: () => Promise<{ status: 200 }>
  readonly headNote: () => Promise<{ status: 200 }>
}
interface heads {
  headNote: 'readNote'
}
type Whole<T> = { [Name in keyof T]: T[Name] }
type Operations = Whole<Omit<All, keyof heads> & Partial<All>>

const handle = () => Promise.resolve({ status: 200 } as const)
const served = (operations: Operations): Handlers<unknown> => ({ operations: { ...operations }, security: {} })

/** A HEAD may be left to the handler of GET. */
export const maps = [served({ readNote: handle }), served({ readNote: handle, headNote: handle })]

// @ts-expect-error nothing answers a GET but its handler
export const headOnly = served({ headNote: handle })
