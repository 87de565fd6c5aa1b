import type { Problem } from '../../problems.js'
import type { Contract } from '../../openapi/contract.js'
import { entriesOf, find, type Node, placeOf, within } from '../../openapi/node.js'
import type { Response } from '../../openapi/response.js'
import type { Choice } from './choice.js'
import type { Reply } from '../reply.js'
import { type IsValid, schemaValues } from './schema-values.js'

type Value = string | number | boolean

const isValue = (value: unknown): value is Value => ['string', 'number', 'boolean'].includes(typeof value)

/** The headers that a response must have, and `Location`, from their examples and schemas; or which one can't be made. */
export const mockHeaders = (
  contract: Contract,
  response: Response,
  isValid: IsValid,
  choice: Choice
): { readonly headers: NonNullable<Reply['headers']> } | { readonly problem: Problem } => {
  const headers: Record<string, Value> = {}
  for (const [name, { required }] of response.openHeaders) {
    const isLocation = name.toLowerCase() === 'location'
    if (!required && !isLocation) continue
    const at: Node = { contract, pointer: response.pointer, value: contract.resolve(response.pointer).value }
    const header = find(at, 'headers', name)
    const value = header && valueOf(header, isLocation, isValid, choice)
    if (value !== undefined) headers[name] = value
    else if (required) {
      const place = header ? placeOf(header, 'key') : contract.place(response.pointer)
      const detail = `No valid value was found for the header ${name}; give it a valid example: ${place}.`
      return { problem: { status: 501, detail } }
    }
  }
  return { headers }
}

const valueOf = (header: Node, isLocation: boolean, isValid: IsValid, choice: Choice): Value | undefined => {
  const schema = find(header, 'schema')
  const examples = [
    find(header, 'example'),
    ...entriesOf(find(header, 'examples')).map(([, example]) => find(example, 'value'))
  ].flatMap(node => node?.value ?? [])
  const isFine = (value: unknown): value is Value => isValue(value) && (!schema || isValid(schema.pointer, value))
  const example = examples.find(isFine)
  if (example !== undefined) return example
  if (!schema) return isLocation ? '/' : 'text'
  // A text that says nothing would lead nowhere.
  const isPlain = ['examples', 'example', 'default', 'enum', 'pattern'].every(keyword => !within(schema, keyword))
  if (isLocation && isPlain && isFine('/')) return '/'
  for (const { value } of schemaValues(schema, isValid, choice)) if (isValue(value)) return value
  return undefined
}
