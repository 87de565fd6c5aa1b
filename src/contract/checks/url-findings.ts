import type { OpenAPIV3_1 } from 'openapi-types'
import type { Contract } from '../openapi/contract.js'
import type { Finding } from '../document/finding.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { ownPathOf, tokenUrlsOf } from '../openapi/token-url.js'
import { pointer } from '../document/pointer.js'

/**
 * The URLs of a contract that lead to this server, but to nothing in it: of servers below its root, and of tokens that
 * no operation issues. What is written as a full URL may be anywhere, behind a proxy or with somebody else.
 */
export const urlFindings = (contract: Contract, operations: readonly OperationObject[]): Finding[] => [
  ...serverFindings(contract, operations),
  ...tokenUrlFindings(contract)
]

const serverFindings = (contract: Contract, operations: readonly OperationObject[]): Finding[] => {
  const items = new Set(operations.map(({ pointer: at }) => at.slice(0, at.lastIndexOf('/'))))
  return ['', ...items, ...operations.map(({ pointer: at }) => at)].flatMap(owner => {
    const list = owner + pointer('servers')
    const servers = (contract.resolve(list).value ?? []) as OpenAPIV3_1.ServerObject[]
    return servers.flatMap(({ url }, index) => {
      if ([undefined, '/'].includes(ownPathOf(url))) return []
      const what = `The paths are served at \`/\`, not under \`${url}\`.`
      const todo = 'Write `url: /`, or the full URL at which a proxy serves them.'
      return [{ place: contract.place(list + pointer(index, 'url')), what, todo }]
    })
  })
}

const tokenUrlFindings = (contract: Contract): Finding[] =>
  tokenUrlsOf(contract)
    .filter(({ operation }) => operation === undefined)
    .map(({ pointer: at, path }) => ({
      place: contract.place(at),
      what: `The \`tokenUrl\` leads to no operation: there is no POST ${path}.`,
      todo: 'Write the path of the operation that issues tokens.'
    }))
