import type { Contract } from '../openapi/contract.js'
import { pointer } from '../document/pointer.js'
import { evaluatorOf } from '../openapi/evaluator-of.js'
import type { DeclaredBody } from '../openapi/request-body.js'
import type { BrokenRule } from '../problems.js'
import { brokenRule, missing, noRules, type Take, unread } from './broken-rule.js'
import { type FileCount, fileProperties } from './file-properties.js'
import { formReader } from './form-reader.js'
import { judgeOf } from './judge.js'
import { lengthRule } from './length-rule.js'
import { setOwn } from './own-property.js'
import { type CheckedPart, partRules } from './part-rules.js'
import type { RawFields } from './raw-fields.js'
import type { ReceivedFile } from './received-file.js'
import { RefusedBodyError } from './refused-body-error.js'
import type { SentField, SentFile, SentPart } from './sent-part.js'

/**
 * Takes a body in `multipart/form-data`: its fields as a form, and its files as they come. What comes after the first
 * file is only seen when the handler asks for it, so that fields have to come first.
 */
export const takeMultipart = (contract: Contract, { pointer: at }: DeclaredBody): Take => {
  const node = { contract, ...contract.resolve(at) }
  const schema = at + pointer('schema')
  const receive = contract.resolve(schema).value === undefined ? undefined : evaluatorOf(contract).receiver(schema)
  const properties = fileProperties(contract, at)
  const { names, required, standIn, schemasOf, mostOf, leastOf } = properties
  const read = formReader(node, judgeOf(contract))
  const rules = partRules(node)
  const check = (part: SentPart): CheckedPart => rules.get(part.name)?.(part) ?? fine

  const checkFile = (file: SentFile, index: number): CheckedPart => {
    const most = mostOf(file.name)
    const surplus = `must NOT have more than ${most.limit} items`
    return index < most.limit ? check(file) : { ...fine, broken: [countRule(file.name, 'maxItems', surplus, most)] }
  }
  const received = (file: SentFile, index: number, headers: CheckedPart['headers']): ReceivedFile => {
    const { name, fileName, mediaType, stream } = file
    const rule = lengthRule(schemasOf(name, index), [name])
    if (rule) stream.holdTo(rule)
    return { name, fileName, mediaType, headers, stream }
  }
  async function* filesFrom(
    first: SentFile | undefined,
    next: () => Promise<SentPart | undefined>
  ): AsyncGenerator<ReceivedFile, void, void> {
    const counts = new Map<string, number>()
    for (let part: SentPart | undefined = first; part !== undefined; part = await next()) {
      if (part.kind === 'field') throw late(part.name, at)
      const index = counts.get(part.name) ?? 0
      const { headers, broken } = checkFile(part, index)
      if (broken.length > 0) throw new RefusedBodyError(422, 'A file is not as the contract declares it', broken)
      counts.set(part.name, index + 1)
      yield received(part, index, headers)
    }
    const lacking = required.filter(({ name }) => !counts.has(name))
    const few = [...counts].flatMap(([name, count]) => {
      const least = leastOf(name)
      const words = `must NOT have fewer than ${least.limit} items`
      return count < least.limit ? [countRule(name, 'minItems', words, least)] : []
    })
    const broken = [...lacking.map(({ name, rule }) => missing('body', [name], rule)), ...few]
    if (broken.length > 0) throw new RefusedBodyError(422, 'A file is missing', broken)
  }

  return request => {
    const { content, input } = request
    if (content.kind !== 'multipart') return noRules
    const { fields, first, next } = content
    const wrong = fields.flatMap(field => check(field).broken)
    if (wrong.length > 0) return wrong
    const { value, unreadable } = read(textsOf(fields))
    if (unreadable.length > 0) return unreadable.map(name => unread('body', name, at))
    const expected = first ? new Set([first.name, ...required.map(({ name }) => name)]) : []
    for (const name of expected) setOwn(value, name, standIn(name))
    const outcome = receive ? receive(value) : { value }
    const broken = 'violations' in outcome ? outcome.violations.map(one => brokenRule('body', [], one)) : []
    const isOfFile = ({ path: [name], keyword }: BrokenRule): boolean =>
      keyword !== 'required' && name !== undefined && names.includes(name) // their rules are looked at as they come
    const all = [...broken.filter(one => !isOfFile(one)), ...(first ? checkFile(first, 0).broken : [])]
    for (const name of expected) Reflect.deleteProperty(value, name)
    if (all.length > 0) return all
    input.form = value
    input.files = filesFrom(first, next)
    return noRules
  }
}

const fine: CheckedPart = { headers: {}, broken: [] }

const textsOf = (fields: readonly SentField[]): RawFields => {
  const texts = new Map<string, string[]>()
  for (const { name, text } of fields) {
    const before = texts.get(name)
    if (before) before.push(text)
    else texts.set(name, [text])
  }
  return texts
}

const countRule = (name: string, keyword: string, message: string, { limit, rule }: FileCount): BrokenRule => {
  return { part: 'body', path: [name], keyword, params: { limit }, message, rule }
}

const late = (name: string, rule: string): RefusedBodyError => {
  const message = 'must come before the files'
  return new RefusedBodyError(422, message, [
    { part: 'body', path: [name], keyword: 'order', params: {}, message, rule }
  ])
}
