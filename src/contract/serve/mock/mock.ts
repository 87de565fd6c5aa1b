import type { IncomingHttpHeaders } from 'node:http'
import { pointer } from '../../document/pointer.js'
import type { Contract } from '../../openapi/contract.js'
import { type Node, find, within } from '../../openapi/node.js'
import type { OperationObject } from '../../openapi/operation-object.js'
import { replyKindOf } from '../../openapi/reply-kind.js'
import { responseOf } from '../../openapi/response.js'
import type { Problem } from '../../problems.js'
import type { Reply } from '../reply.js'
import { acceptable } from '../accept.js'
import { concrete } from './concrete.js'
import { type Choice, firstChoice, randomChoice } from './choice.js'
import { mockBody } from './mock-body.js'
import { mockHeaders } from './mock-headers.js'
import { mockStatus, wishedStatus } from './mock-status.js'
import { type Wish, wishOf } from './wish.js'

/** What a mock answers: as the contract declares it, or why it can't. */
export type Mocked = { readonly reply: Reply } | { readonly problem: Problem }

/** Answers a request to an operation that has no handler. */
export type Mock = (operation: OperationObject, headers: IncomingHttpHeaders) => Mocked

/** Makes the mock of a contract. For development only. */
export const createMock = (contract: Contract): Mock => {
  let requests = 0
  return (operation, headers) => {
    const wish = wishOf(headers)
    return mockOf(contract, operation, wish, wish.isDynamic ? randomChoice(requests++) : firstChoice)
  }
}

/**
 * What a mock of an operation answers: the example of its success, else what is made from its schema, unless something
 * else is wished for. 404 where nothing like that is declared, 406 where `Accept` takes nothing that is, and 501, with
 * the place, where nothing valid is found.
 *
 * @param choice random, for other values each time; those of a `Wish` with `isDynamic`
 */
export const mockOf = (
  contract: Contract,
  operation: OperationObject,
  wish: Wish,
  choice: Choice = firstChoice
): Mocked => {
  const responses = contract.resolve(operation.pointer + pointer('responses'))
  const map: object = responses.value ?? {}
  const declared = Object.keys(map).filter(key => !key.startsWith('x-'))
  if (declared.length === 0 && wish.code === undefined) return { problem: { status: 204 } } // anything would be as right
  const status = wish.code === undefined ? mockStatus(declared) : wishedStatus(wish.code, map, declared)
  if (typeof status === 'object') return { problem: status }
  const response = status === undefined ? undefined : responseOf(contract, operation.pointer, status)
  if (status === undefined || !response) {
    const place = contract.place(operation.pointer, 'key')
    return { problem: { status: 501, detail: `The operation declares no answer: ${place}.` } }
  }
  const made = mockHeaders(contract, response, choice)
  if ('problem' in made) return made
  const headers = Object.keys(made.headers).length === 0 ? {} : { headers: made.headers }

  const content = find(
    { contract, pointer: response.pointer, value: contract.resolve(response.pointer).value },
    'content'
  )
  const mediaTypes = [...response.content.keys()]
  if (!content || mediaTypes.length === 0 || status === 204 || status === 304) return { reply: { status, ...headers } }
  const accepted = acceptable(wish.accept, mediaTypes)
  if (accepted.length === 0) {
    return { problem: { status: 406, detail: `The answer ${status} is declared as ${mediaTypes.join(', ')}.` } }
  }
  return bodyIn(accepted, content, wish, choice, body => ({ ...body, status, ...headers }))
}

// In the first media type in which there is a body; what is wrong with the most wanted one, if there is none.
const bodyIn = (
  mediaTypes: readonly string[],
  content: Node,
  wish: Wish,
  choice: Choice,
  replyWith: (body: Pick<Reply, 'mediaType' | 'body'>) => Reply
): Mocked => {
  let problem: Problem | undefined
  for (const name of mediaTypes) {
    const object = within(content, name)
    if (!object) continue
    const mediaType = concrete(name, wish.accept)
    const found = mockBody(mediaType, object, wish.example, choice)
    if ('body' in found) return { reply: replyWith({ mediaType, body: found.body }) }
    problem ??= found.problem
  }
  return { problem: problem ?? { status: 501 } }
}

/** A reply of a mock as a handler would give it: what is made of bytes, in bytes. */
export const asSent = (reply: Reply): Reply => {
  const { mediaType, body } = reply
  if (body === undefined || mediaType === undefined || replyKindOf(mediaType) !== 'bytes') return reply
  return { ...reply, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) }
}
