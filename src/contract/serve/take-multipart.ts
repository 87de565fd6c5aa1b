import type { Contract } from '../openapi/contract.js'
import { pointer } from '../document/pointer.js'
import { evaluatorOf } from '../openapi/evaluator-of.js'
import { declaredMediaType } from '../openapi/media-type.js'
import type { DeclaredBody } from '../openapi/request-body.js'
import type { BrokenRule } from '../problems.js'
import { brokenRule, missing, noRules, type Take, unread } from './broken-rule.js'
import { encodedTypes, fileProperties } from './file-properties.js'
import { formReader } from './form-reader.js'
import { judgeOf } from './judge.js'
import { lengthRule } from './length-rule.js'
import { setOwn } from './own-property.js'
import type { ReceivedFile } from './received-file.js'
import { RefusedBodyError } from './refused-body-error.js'
import type { SentFile, SentPart } from './sent-part.js'

/**
 * Takes a body in `multipart/form-data`: its fields as a form, and its files as they come. What comes after the first
 * file is only seen when the handler asks for it, so that fields have to come first.
 */
export const takeMultipart = (contract: Contract, { pointer: at }: DeclaredBody): Take => {
  const node = { contract, ...contract.resolve(at) }
  const schema = at + pointer('schema')
  const receive = contract.resolve(schema).value === undefined ? undefined : evaluatorOf(contract).receiver(schema)
  const properties = fileProperties(contract, at)
  const { names, required, standIn, schemasOf, mostOf } = properties
  const read = formReader(node, judgeOf(contract))
  const encoded = encodedTypes(node)

  const mistakeIn = ({ name, mediaType }: SentFile, index: number): BrokenRule | undefined => {
    const { limit, rule } = mostOf(name)
    if (index >= limit) {
      const surplus = `must NOT have more than ${limit} items`
      return { part: 'body', path: [name], keyword: 'maxItems', params: { limit }, message: surplus, rule }
    }
    const wanted = encoded.get(name)
    if (!wanted || declaredMediaType(new Map(wanted.types.map(type => [type, type])), mediaType)) return undefined
    const message = `must be in ${wanted.types.join(' or ')}`
    const params = { allowedValues: wanted.types }
    return { part: 'body', path: [name], keyword: 'contentType', params, message, rule: wanted.rule }
  }
  const received = (file: SentFile, index: number, path: readonly string[]): ReceivedFile => {
    const rule = lengthRule(schemasOf(file.name, index), path)
    if (rule) file.stream.holdTo(rule)
    const { name, fileName, mediaType, stream } = file
    return { name, fileName, mediaType, stream }
  }
  async function* filesFrom(
    first: SentFile | undefined,
    next: () => Promise<SentPart | undefined>
  ): AsyncGenerator<ReceivedFile, void, void> {
    const counts = new Map<string, number>()
    for (let part: SentPart | undefined = first; part !== undefined; part = await next()) {
      if (part.kind === 'field') throw late(part.name, at)
      const index = counts.get(part.name) ?? 0
      const mistake = mistakeIn(part, index)
      if (mistake) throw new RefusedBodyError(422, mistake.message, [mistake])
      counts.set(part.name, index + 1)
      yield received(part, index, [part.name])
    }
    const lacking = required.filter(({ name }) => !counts.has(name))
    if (lacking.length === 0) return
    const broken = lacking.map(({ name, rule }) => missing('body', [name], rule))
    throw new RefusedBodyError(422, 'A file is missing', broken)
  }

  return request => {
    const { content, input } = request
    if (content.kind !== 'multipart') return noRules
    const { fields, first, next } = content
    const { value, unreadable } = read(fields)
    if (unreadable.length > 0) return unreadable.map(name => unread('body', name, at))
    const expected = first ? new Set([first.name, ...required.map(({ name }) => name)]) : []
    for (const name of expected) setOwn(value, name, standIn(name))
    const outcome = receive ? receive(value) : { value }
    const broken = 'violations' in outcome ? outcome.violations.map(one => brokenRule('body', [], one)) : []
    const isOfFile = ({ path: [name], keyword }: BrokenRule): boolean =>
      keyword !== 'required' && name !== undefined && names.includes(name) // their rules are looked at as they come
    const mistake = first && mistakeIn(first, 0)
    const all = [...broken.filter(one => !isOfFile(one)), ...(mistake ? [mistake] : [])]
    for (const name of expected) Reflect.deleteProperty(value, name)
    if (all.length > 0) return all
    input.form = value
    input.files = filesFrom(first, next)
    return noRules
  }
}

const late = (name: string, rule: string): RefusedBodyError => {
  const message = 'must come before the files'
  return new RefusedBodyError(422, message, [
    { part: 'body', path: [name], keyword: 'order', params: {}, message, rule }
  ])
}
