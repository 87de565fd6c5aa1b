import { entriesOf, type Node, within } from '../openapi/node.js'
import type { Contract } from '../openapi/contract.js'
import { nameOf, type ParameterAt, type ParameterLocation } from '../openapi/parameter.js'
import { fieldReaders, isJsonText, jsonReader, type Read, reader } from './field-readers.js'
import { setOwn } from './own-property.js'
import { decodedText, type RawFields } from './raw-fields.js'
import { headerText, pathText, type ReadText } from './text-style.js'
import { candidatesOf, type Candidate, type Judge, unreadable } from './text-value.js'

/** The parts of a request in which there are parameters. Those that no operation declares are not looked at. */
export interface SentRequest {
  /** By the names of the path template's parameters, percent-encoded as sent. */
  readonly params: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly query: RawFields
  readonly cookies: RawFields
}

/** The values of parameters, by location and name. What wasn't sent isn't there. */
export interface ReadParameters {
  readonly values: Readonly<Partial<Record<ParameterLocation, Record<string, unknown>>>>
  /** The parameters that aren't written in their style, or are no JSON where they should be. They have no value. */
  readonly unreadable: readonly { readonly location: ParameterLocation; readonly name: string }[]
}

/** Makes the function that reads the parameters of an operation from a request. Each location that has some has a value. */
export const requestReader = (
  contract: Contract,
  parameters: readonly ParameterAt[],
  judge: Judge
): ((sent: SentRequest) => ReadParameters) => {
  const parts = locations.flatMap((location): { location: ParameterLocation; readers: Readers }[] => {
    const here = parameters.filter(one => nameOf(one).location === location)
    return here.length > 0 ? [{ location, readers: readersOf(contract, here, location, judge) }] : []
  })
  return sent => {
    const values: Partial<Record<ParameterLocation, Record<string, unknown>>> = {}
    const unread: { location: ParameterLocation; name: string }[] = []
    for (const { location, readers } of parts) {
      const part: Record<string, unknown> = {}
      for (const [name, read] of readers) {
        const value = read(sent)
        if (value === unreadable) unread.push({ location, name })
        else if (value !== undefined) setOwn(part, name, value)
      }
      values[location] = part
    }
    return { values, unreadable: unread }
  }
}

type Readers = readonly (readonly [name: string, read: Read<SentRequest>])[]

const locations: readonly ParameterLocation[] = ['path', 'query', 'header', 'cookie']

const readersOf = (
  contract: Contract,
  parameters: readonly ParameterAt[],
  location: ParameterLocation,
  judge: Judge
): Readers => {
  const all = parameters.map(one => ({
    name: nameOf(one).name,
    schemas: schemasOf(contract, one),
    serialization: one.parameter
  }))
  if (location === 'query' || location === 'cookie') {
    const part = location === 'query' ? 'query' : 'cookies'
    return fieldReaders(all, location, judge).readers.map(([name, read]) => [name, sent => read(sent[part])])
  }
  const [sentOf, decode] = location === 'path' ? ([sentPath, decodedText] as const) : ([sentHeader, asIs] as const)
  return all.map(({ name, schemas, serialization }) => {
    if (isJsonText(serialization)) {
      return [name, jsonReader((sent: SentRequest) => optional(sentOf(sent, name), decode))]
    }
    const textOf = ({ shape }: Candidate): ((sent: SentRequest) => ReadText) => {
      const style = serialization.content ? { explode: true } : serialization
      const take = location === 'path' ? pathText(name, style, shape) : headerText(style, shape)
      return sent => optional(sentOf(sent, name), take)
    }
    return [name, reader(schemas, candidatesOf(schemas, judge), judge, textOf)]
  })
}

const optional = <T>(sent: string | undefined, take: (sent: string) => T): T | undefined =>
  sent === undefined ? undefined : take(sent)

const asIs = (text: string): string => text

const sentPath = ({ params }: SentRequest, name: string): string | undefined =>
  Object.hasOwn(params, name) ? params[name] : undefined

const sentHeader = ({ headers }: SentRequest, name: string): string | undefined => {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined
  return Array.isArray(value) ? value.join(', ') : value
}

const schemasOf = (contract: Contract, { at, parameter }: ParameterAt): Node[] => {
  const node = { contract, pointer: at, value: parameter }
  const [mediaType] = entriesOf(within(node, 'content'))
  const schema = within(mediaType ? mediaType[1] : node, 'schema')
  return schema ? [schema] : []
}
