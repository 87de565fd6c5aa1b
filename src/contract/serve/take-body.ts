import type { Contract } from '../openapi/contract.js'
import { evaluatorOf } from '../openapi/evaluator-of.js'
import { formMediaType, isRange } from '../openapi/media-type.js'
import { pointer } from '../document/pointer.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { type DeclaredBody, requestBodyOf } from '../openapi/request-body.js'
import type { BrokenRule, Problems } from '../problems.js'
import { brokenRule, missing, noRules, type Take, unread } from './broken-rule.js'
import { formReader } from './form-reader.js'
import { judgeOf } from './judge.js'
import { parseJson } from './json-body.js'
import { lengthRule } from './length-rule.js'
import { type RawFields, rawFields } from './raw-fields.js'
import type { ContractRequest } from './request.js'
import { takeMultipart } from './take-multipart.js'

type Policy = Pick<Problems, 'undeclaredMediaType' | 'emptyFormField'>

/**
 * Takes the body of a request to an operation; `undefined` if the operation has none. One in a media type that isn't
 * declared is refused (415), or counts as absent.
 */
export const takeBody = (contract: Contract, operation: OperationObject, policy: Policy): Take | undefined => {
  const body = requestBodyOf(contract, operation)
  if (!body) return undefined
  const declared = [...body.contents.values()]
  const takes = new Map(declared.map(one => [one.mediaType, takeIn(contract, one, policy)]))
  const saysWhich = declared.length > 1 || declared.some(({ mediaType }) => isRange(mediaType))
  const formKey = declared.find(({ kind }) => kind === 'form')?.mediaType
  const form = formKey === undefined ? undefined : takes.get(formKey)
  const absent: Take = request => {
    if (!body.required) return noRules
    const broken = form?.(request) ?? noRules
    // What a form lacks says more than that there is none.
    return broken.length > 0 ? broken : [missing('body', [], `${body.pointer}/required`, 'requestBody')]
  }
  return request => {
    const { content } = request
    if (content.kind === 'none' || content.kind === 'refused') return absent(request)
    const take = request.declared && takes.get(request.declared.mediaType)
    if (take) {
      if (saysWhich && request.declared) request.input.mediaType = mediaTypeOf(request.declared, content.mediaType)
      return take(request)
    }
    if (policy.undeclaredMediaType === 'absent') {
      return absent(request)
    }
    request.content = { kind: 'refused', status: 415, detail: `Send ${[...takes.keys()].join(' or ')}` }
    return noRules
  }
}

const mediaTypeOf = ({ mediaType }: DeclaredBody, sent: string): string => (isRange(mediaType) ? sent : mediaType)

const takeIn = (contract: Contract, declared: DeclaredBody, policy: Policy): Take => {
  const { kind, pointer: at } = declared
  const path = at + pointer('schema')
  const receiver = contract.resolve(path).value === undefined ? undefined : evaluatorOf(contract).receiver(path)
  const receive = (request: ContractRequest, place: 'form' | 'body', value: unknown): readonly BrokenRule[] => {
    const outcome = receiver === undefined ? { value } : receiver(value)
    if ('violations' in outcome) return outcome.violations.map(violation => brokenRule('body', [], violation))
    request.input[place] = outcome.value
    return noRules
  }
  switch (kind) {
    case 'form': {
      const read = formReader({ contract, ...contract.resolve(at) }, judgeOf(contract))
      return request => {
        const { value, unreadable } = read(formFields(request, policy))
        if (unreadable.length > 0) return unreadable.map(name => unread('body', name, at))
        return receive(request, 'form', value)
      }
    }
    case 'json':
      return request => {
        const parsed = parseJson(textOf(request))
        if ('value' in parsed) return receive(request, 'body', parsed.value)
        return [{ part: 'body', path: [], keyword: 'parse', params: {}, message: parsed.message, rule: at }]
      }
    case 'text':
      return request => receive(request, 'body', textOf(request))
    case 'multipart':
      return takeMultipart(contract, declared)
    case 'stream': {
      const schema = { contract, ...contract.resolve(path) }
      const rule = schema.value === undefined ? undefined : lengthRule([schema], [])
      return ({ content, input }) => {
        if (content.kind !== 'stream') return noRules
        if (rule) content.stream.holdTo(rule)
        input.body = content.stream
        return noRules
      }
    }
  }
}

const textOf = ({ content }: ContractRequest): string => (content.kind === 'text' ? content.text : '')

// What was sent in another media type has no fields.
const formFields = ({ content }: ContractRequest, { emptyFormField }: Policy): RawFields => {
  if (content.kind !== 'text' || content.mediaType !== formMediaType) return new Map()
  return rawFields(content.text, emptyFormField === 'absent')
}
