/** The map of all handlers, on interfaces of the shape that `npm run generate` writes. */
import type { HandlerMap, Handlers } from '../../src/contract/index.js'

interface All {
  readonly readNote: () => Promise<{ status: 200 }>
  readonly headNote: () => Promise<{ status: 200 }>
}
interface heads {
  headNote: 'readNote'
}
type Operations = HandlerMap<All, heads>

const handle = () => Promise.resolve({ status: 200 } as const)
const served = (operations: Operations): Handlers<unknown> => ({ operations: { ...operations }, security: {} })

/** A HEAD may be left to the handler of GET. */
export const maps = [served({ readNote: handle }), served({ readNote: handle, headNote: handle })]

// @ts-expect-error nothing answers a GET but its handler
export const headOnly = served({ headNote: handle })
