import type { Finding } from '../document/finding.js'
import { pointer } from '../document/pointer.js'
import type { Contract } from '../openapi/contract.js'
import { canStandIn, differenceOf, getBeside } from '../openapi/head-operation.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { securitySchemeNames } from '../openapi/security-requirement.js'
import type { Code } from './code.js'

/**
 * Whether an operation can be given a handler by its operationId, and has one. A HEAD needs none where that of GET does.
 *
 * @param uses how many operations have each operationId
 * @param code `undefined` if an operation may be without a handler
 */
export const handlerFindings = (
  contract: Contract,
  one: OperationObject,
  uses: ReadonlyMap<string | undefined, number>,
  code: Code | undefined
): Finding[] => {
  const { operationId: id, method, path, pointer: at, operation } = one
  const beside = getBeside(contract, one)
  const get = beside && code && Object.hasOwn(code.operations, beside.operationId ?? '') ? beside : undefined
  const isAnswered = get !== undefined && canStandIn(contract, get, one)
  if (id === undefined) {
    if (!code || isAnswered) return []
    const what = `${method.toUpperCase()} ${path} has no operationId.`
    return [{ place: contract.place(at), what, todo: 'Add one: it names the handler.' }]
  }
  // Asked for only where something is wrong: the first place that is told takes the parsing of the whole text.
  const place = (): string => contract.place(at + pointer('operationId'))
  if (uses.get(id) !== 1) {
    return [{ place: place(), what: `The operationId \`${id}\` is used more than once.`, todo: 'Rename one of them.' }]
  }
  if (!code) return []
  if (Object.keys(operation.responses ?? {}).every(status => status.startsWith('x-'))) {
    const what = `The operation \`${id}\` declares no response, so that its handler can't reply.`
    return [{ place: place(), what, todo: 'Declare one in `responses`.' }]
  }
  if (isAnswered || Object.hasOwn(code.operations, id)) return []
  const todo = 'Write one, and name it in the map of handlers.'
  const why = get ? `, and that of GET can't answer it: ${differenceOf(contract, get, one) ?? ''}` : ''
  return [{ place: place(), what: `The operation \`${id}\` has no handler${why}.`, todo }]
}

/** The handlers that nothing in the contract asks for. `ids` is `undefined` if those of operations may be surplus. */
export const surplusFindings = (
  contract: Contract,
  ids: ReadonlySet<string | undefined> | undefined,
  code: Code
): Finding[] => {
  const schemes = securitySchemeNames(contract)
  return [
    ...Object.keys(code.operations)
      .filter(id => ids?.has(id) === false)
      .map(id => ({
        place: contract.place('/paths', 'key'),
        what: `There is a handler \`${id}\`, but no operation.`,
        todo: 'Take it out of the map of handlers, or add the operation.'
      })),
    ...Object.keys(code.security)
      .filter(name => !schemes.includes(name))
      .map(name => ({
        place: contract.place('/components/securitySchemes', 'key'),
        what: `There is a security handler \`${name}\`, but no security scheme.`,
        todo: 'Take it out of the map of security handlers, or declare the scheme.'
      }))
  ]
}
