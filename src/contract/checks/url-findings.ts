import type { Contract } from '../openapi/contract.js'
import type { Finding } from '../document/finding.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { isServable, type ServerAt, serversAt, variablesIn } from '../openapi/server.js'
import { tokenUrlsOf } from '../openapi/token-url.js'
import { pointer } from '../document/pointer.js'

/** The URLs of a contract that lead to nothing: of servers that can't be made of what is written, and of tokens that no operation issues. */
export const urlFindings = (contract: Contract, operations: readonly OperationObject[]): Finding[] => [
  ...serverFindings(contract, operations),
  ...tokenUrlFindings(contract)
]

const serverFindings = (contract: Contract, operations: readonly OperationObject[]): Finding[] => {
  const items = new Set(operations.map(({ pointer: at }) => at.slice(0, at.lastIndexOf('/'))))
  const owners = ['', ...items, ...operations.map(({ pointer: at }) => at)]
  return owners.flatMap(owner => serversAt(contract, owner)).flatMap(one => mistakesIn(contract, one))
}

const mistakesIn = (contract: Contract, { pointer: at, server }: ServerAt): Finding[] => {
  const { url, variables = {} } = server
  const place = (): string => contract.place(at + pointer('url')) // parses the whole text: for those who need it

  const missing = variablesIn(server).filter(name => !Object.hasOwn(variables, name))
  const undeclared = missing.map(name => ({
    place: place(),
    what: `The variable \`${name}\` of the server isn't declared.`,
    todo: 'Add it to `variables`.'
  }))
  const unlisted = Object.entries(variables)
    .filter(([, variable]) => variable.enum?.includes(variable.default) === false)
    .map(([name, variable]) => ({
      place: contract.place(at + pointer('variables', name, 'default')),
      what: `The default \`${variable.default}\` of the variable \`${name}\` isn't in its \`enum\`.`,
      todo: 'Add it there, or choose one of them.'
    }))
  if (undeclared.length > 0 || isServable(server)) return [...undeclared, ...unlisted]
  return [
    ...unlisted,
    { place: place(), what: `The server's URL \`${url}\` has no path.`, todo: 'Write `https://…` or `/…`.' }
  ]
}

const tokenUrlFindings = (contract: Contract): Finding[] =>
  tokenUrlsOf(contract)
    .filter(({ operation }) => operation === undefined)
    .map(({ pointer: at, path }) => ({
      place: contract.place(at),
      what: `The \`tokenUrl\` leads to no operation: there is no POST ${path}.`,
      todo: 'Write the path of the operation that issues tokens.'
    }))
