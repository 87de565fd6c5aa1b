import { OpenAPIBackend } from 'openapi-backend'
import type { OpenAPIV3_1 } from 'openapi-types'
import type { Contract } from '../read-contract.js'
import type { Finding } from '../document/finding.js'
import { operationObjects, type OperationObject } from '../openapi/operation-object.js'
import { pointer } from '../document/pointer.js'
import { pathFindings } from './path-findings.js'
import { parametersOf, readableMediaTypes } from '../serve/request-schema.js'
import { responseKey } from '../openapi/response.js'
import { urlFindings } from './url-findings.js'

/** What the code brings to a contract, by name. */
export interface Code {
  readonly operations: Readonly<Record<string, unknown>>
  readonly security: Readonly<Record<string, { readonly refusals: readonly number[] }>>
}

/**
 * Compares a contract with the code, both ways. What this finds would fail at the first request; so it fails at boot.
 *
 * @param mocks whether operations without handlers, and handlers without operations, are fine: with mocks they can be
 * served, and they are what an edit looks like halfway
 */
export const conformanceFindings = (
  contract: Contract,
  code: Code,
  { mocks }: { readonly mocks: boolean }
): Finding[] => {
  const operations = operationObjects(contract)
  const uses = new Map<string | undefined, number>()
  for (const { operationId } of operations) uses.set(operationId, (uses.get(operationId) ?? 0) + 1)
  return [
    ...operations.flatMap(operation => [
      ...operationIdFindings(contract, operation, uses, mocks ? undefined : code),
      ...securityFindings(contract, operation, code),
      ...answerFindings(contract, operation, code),
      ...bodyFindings(contract, operation)
    ]),
    ...pathFindings(contract, operations),
    ...urlFindings(contract, operations),
    ...surplusFindings(contract, mocks ? undefined : new Set(uses.keys()), code)
  ]
}

const reserved = new Set(new OpenAPIBackend({ definition: '' }).allowedHandlers)

const operationIdFindings = (
  contract: Contract,
  { operationId: id, method, path, pointer: at }: OperationObject,
  uses: ReadonlyMap<string | undefined, number>,
  code: Code | undefined
): Finding[] => {
  if (id === undefined) {
    const what = `${method.toUpperCase()} ${path} has no operationId.`
    return [{ place: contract.place(at), what, todo: 'Add one: it names the handler.' }]
  }
  if (reserved.has(id) || id in Object.prototype) {
    const what = `The operationId \`${id}\` has a meaning of its own for openapi-backend.`
    return [{ place: contract.place(at + pointer('operationId')), what, todo: 'Rename it.' }]
  }
  const unique = uses.get(id) === 1
  if (unique && (!code || Object.hasOwn(code.operations, id))) return []
  const place = contract.place(at + pointer('operationId'))
  return unique
    ? [{ place, what: `The operation \`${id}\` has no handler.`, todo: 'Name one in src/operations/index.ts.' }]
    : [{ place, what: `The operationId \`${id}\` is used more than once.`, todo: 'Rename one of them.' }]
}

const securityFindings = (
  contract: Contract,
  { pointer: at, operation, operationId }: OperationObject,
  code: Code
): Finding[] => {
  if (operation.security === undefined) {
    const what = `The operation \`${operationId ?? ''}\` doesn't say whom it lets in.`
    return [{ place: contract.place(at), what, todo: 'Add `security`; write `security: []` if it is for everybody.' }]
  }
  return operation.security.flatMap((alternative, index) =>
    Object.entries(alternative).flatMap(([scheme, scopes]) => {
      const place = (): string => contract.place(at + pointer('security', index, scheme), 'key')
      if (contract.resolve(pointer('components', 'securitySchemes', scheme)).value === undefined) {
        return [
          {
            place: place(),
            what: `There is no security scheme \`${scheme}\`.`,
            todo: 'Declare it in components.securitySchemes.'
          }
        ]
      }
      if (!Object.hasOwn(code.security, scheme)) {
        return [
          {
            place: place(),
            what: `The security scheme \`${scheme}\` has no handler.`,
            todo: 'Name one in src/operations/index.ts.'
          }
        ]
      }
      if (scopes.length === 0) return []
      return [
        { place: place(), what: `The handler of \`${scheme}\` doesn't check scopes.`, todo: 'Ask for none: `[]`.' }
      ]
    })
  )
}

/** The answers that the server itself gives, before a handler or after it. */
const answerFindings = (contract: Contract, one: OperationObject, code: Code): Finding[] => {
  const alternatives = one.operation.security ?? []
  const open = alternatives.some(alternative => Object.keys(alternative).length === 0) // then nobody is refused
  const schemes = open ? [] : alternatives.flatMap(alternative => Object.keys(alternative))
  const hasBody = one.operation.requestBody !== undefined
  const reasons: [status: number, reason: string][] = [
    ...schemes.flatMap(scheme =>
      (code.security[scheme]?.refusals ?? []).map(
        status => [status, `its security scheme \`${scheme}\` refuses with it`] as [number, string]
      )
    ),
    ...(hasBody
      ? [[413, 'a body can be too large'] as [number, string], [415, 'a body can be compressed'] as [number, string]]
      : []),
    ...(hasBody || parametersOf(contract, one).length > 0
      ? [[422, 'a request can break a rule of the contract'] as [number, string]]
      : []),
    [500, 'a handler can fail']
  ]
  return reasons
    .filter(([status]) => responseKey(one.operation.responses, status) === undefined)
    .map(([status, reason]) => ({
      place: contract.place(one.pointer + pointer('responses'), 'key'),
      what: `The operation \`${one.operationId ?? ''}\` doesn't declare the answer ${status}: ${reason}.`,
      todo: `Add '${status}' to its responses.`
    }))
}

const bodyFindings = (contract: Contract, { pointer: at }: OperationObject): Finding[] => {
  const { pointer: bodyAt, value } = contract.resolve(at + pointer('requestBody'))
  const mediaTypes = Object.keys((value as OpenAPIV3_1.RequestBodyObject | undefined)?.content ?? {})
  return mediaTypes
    .filter(mediaType => !readableMediaTypes.has(mediaType))
    .map(mediaType => ({
      place: contract.place(bodyAt + pointer('content', mediaType), 'key'),
      what: `Bodies in \`${mediaType}\` can't be read.`,
      todo: `Use one of ${[...readableMediaTypes].join(', ')}.`
    }))
}

const surplusFindings = (
  contract: Contract,
  ids: ReadonlySet<string | undefined> | undefined,
  code: Code
): Finding[] => {
  const schemes = contract.resolve('/components/securitySchemes').value ?? {}
  return [
    ...Object.keys(code.operations)
      .filter(id => ids?.has(id) === false)
      .map(id => ({
        place: contract.place('/paths', 'key'),
        what: `There is a handler \`${id}\`, but no operation.`,
        todo: 'Remove it from src/operations/index.ts, or add the operation.'
      })),
    ...Object.keys(code.security)
      .filter(name => !Object.hasOwn(schemes, name))
      .map(name => ({
        place: contract.place('/components/securitySchemes', 'key'),
        what: `There is a security handler \`${name}\`, but no security scheme.`,
        todo: 'Remove it from src/operations/index.ts, or declare the scheme.'
      }))
  ]
}
