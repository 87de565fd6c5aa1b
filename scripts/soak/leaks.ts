import type { Must } from './must.js'

/** A token as a server with real users issues them: nobody but its user may see one. */
const tokens = /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/

/** What is printed of a fault of the code: a stack, or a warning of Node's. */
const faults = /^\s+at .+:\d+:\d+\)?$|^\(node:\d+\) .*Warning: .*|"stack":"[^"]{0,200}/m

/** Holds what a server has printed to what it may print. */
export const mustsOfLog = (part: string, printed: string, secrets: ReadonlyMap<string, string>): Must[] => {
  const found = [...secrets].filter(([secret]) => printed.includes(secret)).map(([, name]) => name)
  const leaked = [...new Set([...found, ...(tokens.test(printed) ? ['a token'] : [])])]
  const [fault] = faults.exec(printed) ?? []
  const lines = printed.split('\n').length - 1
  return [
    {
      part,
      what: 'secrets in the log',
      limit: 'none',
      measured: leaked.length > 0 ? leaked.join(', ') : `none in ${lines} lines`,
      isKept: leaked.length === 0
    },
    {
      part,
      what: 'stacks and warnings in the log',
      limit: 'none',
      measured: fault?.trim() ?? 'none',
      isKept: fault === undefined
    }
  ]
}
