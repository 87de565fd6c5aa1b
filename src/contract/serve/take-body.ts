import type { OpenAPIV3_1 } from 'openapi-types'
import { pointer } from '../document/pointer.js'
import type { Contract } from '../openapi/contract.js'
import { evaluatorOf } from '../openapi/evaluator-of.js'
import { declaredMediaType, essenceOf, formMediaType, isJson } from '../openapi/media-type.js'
import type { OperationObject } from '../openapi/operation-object.js'
import type { BrokenRule, Problems } from '../problems.js'
import { brokenRule, missing, noRules, type Take, unread } from './broken-rule.js'
import { formReader } from './form-reader.js'
import { judgeOf } from './judge.js'
import { parseJson } from './json-body.js'
import { type RawFields, rawFields } from './raw-fields.js'
import type { ContractRequest } from './request.js'

type Policy = Pick<Problems, 'undeclaredMediaType' | 'emptyFormField'>

/**
 * Takes the body of a request to an operation; `undefined` if the operation has none. One in a media type that isn't
 * declared is refused (415), or counts as absent.
 */
export const takeBody = (
  contract: Contract,
  { pointer: at, operation }: OperationObject,
  policy: Policy
): Take | undefined => {
  if (operation.requestBody === undefined) return undefined
  const { pointer: body, value } = contract.resolve(at + pointer('requestBody'))
  const { content = {}, required = false } = (value ?? {}) as Partial<OpenAPIV3_1.RequestBodyObject>
  const declared = new Map(
    Object.keys(content).map(key => [key, takeIn(contract, key, body + pointer('content', key), policy)])
  )
  const form = [...declared].find(([key]) => essenceOf(key) === formMediaType)?.[1]
  const absent: Take = request => {
    if (!required) return noRules
    const broken = form?.(request) ?? noRules
    // What a form lacks says more than that there is none.
    return broken.length > 0 ? broken : [missing('body', [], `${body}/required`, 'requestBody')]
  }
  return request => {
    if (request.content.kind !== 'text') return absent(request)
    const key = declaredMediaType(declared, request.message.headers['content-type'] ?? request.content.mediaType)
    const take = key === undefined ? undefined : declared.get(key)
    if (take) return take(request)
    if (policy.undeclaredMediaType === 'absent') {
      return absent(request)
    }
    request.content = { kind: 'refused', status: 415, detail: `Send ${[...declared.keys()].join(' or ')}` }
    return noRules
  }
}

const takeIn = (contract: Contract, mediaType: string, at: string, policy: Policy): Take => {
  const path = at + pointer('schema')
  const receiver = contract.resolve(path).value === undefined ? undefined : evaluatorOf(contract).receiver(path)
  const receive = (request: ContractRequest, place: 'form' | 'body', value: unknown): readonly BrokenRule[] => {
    const outcome = receiver === undefined ? { value } : receiver(value)
    if ('violations' in outcome) return outcome.violations.map(violation => brokenRule('body', [], violation))
    request.input[place] = outcome.value
    return noRules
  }
  if (essenceOf(mediaType) === formMediaType) {
    const read = formReader({ contract, ...contract.resolve(at) }, judgeOf(contract))
    return request => {
      const { value, unreadable } = read(formFields(request, policy))
      if (unreadable.length > 0) return unreadable.map(name => unread('body', name, at))
      return receive(request, 'form', value)
    }
  }
  if (!isJson(mediaType)) return () => noRules // can't be read: only mocks take it, and they don't miss it
  return request => {
    const parsed = parseJson(request.content.kind === 'text' ? request.content.text : '')
    if ('value' in parsed) return receive(request, 'body', parsed.value)
    return [{ part: 'body', path: [], keyword: 'parse', params: {}, message: parsed.message, rule: at }]
  }
}

// What was sent in another media type has no fields.
const formFields = ({ content }: ContractRequest, { emptyFormField }: Policy): RawFields => {
  if (content.kind !== 'text' || content.mediaType !== formMediaType) return new Map()
  return rawFields(content.text, emptyFormField === 'absent')
}
