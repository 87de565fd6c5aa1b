import type { Problem } from '../../problems.js'
import { isRecord } from '../../document/record.js'
import type { Contract } from '../../openapi/contract.js'
import { evaluatorOf } from '../../openapi/evaluator-of.js'
import { entriesOf, find, type Node, placeOf, within } from '../../openapi/node.js'
import type { OpenHeader, Response } from '../../openapi/response.js'
import { headerFields } from '../header-fields.js'
import type { HeaderValue, Reply } from '../reply.js'
import type { Choice } from './choice.js'
import { schemaValues } from './schema-values.js'

/** The headers that a response must have, and `Location`, from their examples and schemas; or which one can't be made. */
export const mockHeaders = (
  contract: Contract,
  response: Response,
  choice: Choice
): { readonly headers: NonNullable<Reply['headers']> } | { readonly problem: Problem } => {
  const headers: Record<string, HeaderValue> = {}
  for (const [name, header] of response.openHeaders) {
    const isLocation = name.toLowerCase() === 'location'
    if (!header.required && !isLocation) continue
    const at: Node = { contract, ...contract.resolve(header.pointer) }
    const value = valueOf(at, header, isLocation, choice)
    if (value !== undefined) headers[name] = value
    else if (header.required) {
      const detail = `No valid value was found for the header ${name}; give it a valid example: ${placeOf(at, 'key')}.`
      return { problem: { status: 501, detail } }
    }
  }
  return { headers }
}

const valueOf = (at: Node, header: OpenHeader, isLocation: boolean, choice: Choice): HeaderValue | undefined => {
  const [content] = entriesOf(find(at, 'content')).map(([, mediaType]) => mediaType)
  const owner = content ?? at
  const schema = within(owner, 'schema')
  const examples = [
    find(owner, 'example'),
    ...entriesOf(find(owner, 'examples')).map(([, example]) => find(example, 'value'))
  ].flatMap(node => (node ? [node.value] : []))
  const fits = (value: unknown): value is HeaderValue =>
    isWritten(value, header) && (!schema || evaluatorOf(schema.contract).isValid(schema.pointer, value, 'reply'))
  const example = examples.find(fits)
  if (example !== undefined) return example
  if (!schema) return isLocation ? '/' : 'text'
  // A text that says nothing would lead nowhere.
  const isPlain = ['examples', 'example', 'default', 'enum', 'pattern'].every(keyword => !within(schema, keyword))
  if (isLocation && isPlain && fits('/')) return '/'
  for (const { value } of schemaValues(schema, choice)) if (isWritten(value, header)) return value
  return undefined
}

// Node takes no other characters (RFC 9110 §5.5), and there is no text for null.
const isWritten = (value: unknown, header: OpenHeader): value is HeaderValue => {
  const isOne = Array.isArray(value) || isRecord(value) || ['string', 'number', 'boolean'].includes(typeof value)
  return isOne && headerFields('', value as HeaderValue, header).every(text => /^[\t\x20-\x7e\x80-\xff]*$/.test(text))
}
