import type { Contract } from '../openapi/contract.js'
import { follow, type Node, within } from '../openapi/node.js'
import { isRecord } from '../document/record.js'
import { pointer } from '../document/pointer.js'
import { type Alternative, alternativesOf, itemSchemas, propertyNames, propertySchemas } from './effective-schema.js'
import { judgeOf } from './judge.js'

/** Which properties of a body in `multipart/form-data` are files, by its schema. */
export interface FileProperties {
  /** Those that it names. */
  readonly names: readonly string[]
  /** Those without which a body is not valid, and the rules that say so. */
  readonly required: readonly { readonly name: string; readonly rule: string }[]
  readonly isFile: (name: string) => boolean
  /** The schemas of a file of a property: of an item of it, if it is a list. */
  readonly schemasOf: (name: string, index: number) => readonly Node[]
  /** How many files a property may have, and the rule that says so. */
  readonly mostOf: (name: string) => FileCount
  /** How many it has to have, if it has any. */
  readonly leastOf: (name: string) => FileCount
  /** What stands for a property whose files haven't come yet. */
  readonly standIn: (name: string) => unknown
}

/** A number of files, and where the contract says it. */
export interface FileCount {
  readonly limit: number
  readonly rule: string
}

const known = new WeakMap<object, Map<string, FileProperties>>()

/** The files in a body, by the pointer of its Media Type Object. Looked at once. */
export const fileProperties = (contract: Contract, mediaType: string): FileProperties => {
  const all = known.get(contract.document) ?? new Map<string, FileProperties>()
  known.set(contract.document, all)
  const found = all.get(mediaType) ?? propertiesOf({ contract, ...contract.resolve(mediaType) })
  all.set(mediaType, found)
  return found
}

const propertiesOf = (mediaType: Node): FileProperties => {
  const schema = within(follow(mediaType), 'schema')
  const alternatives = schema ? alternativesOf([schema]) : []
  const { matches } = judgeOf(mediaType.contract)
  const schemasOf = (name: string): Node[] => {
    const all = alternatives.map(one => propertySchemas(one, name, matches))
    return all.find(schemas => schemas.length > 0) ?? []
  }
  const named = new Set(alternatives.flatMap(one => [...propertyNames(one).names]))
  // What is only let be by `additionalProperties: true` is a field as in any form.
  const isFile = (name: string): boolean => {
    const schemas = schemasOf(name)
    return isBinary(named.has(name) ? schemas : schemas.filter(({ value }) => isRecord(value) && !isSilent(value)))
  }
  const names = [...named].filter(isFile)
  return {
    names,
    required: requiredIn(alternatives).filter(({ name }) => names.includes(name)),
    isFile,
    schemasOf: (name, index) => {
      const schemas = schemasOf(name)
      const [list] = alternativesOf(schemas).filter(isList)
      return list ? itemSchemas(list, index) : schemas
    },
    mostOf: name => {
      const schemas = schemasOf(name)
      const [list] = alternativesOf(schemas).filter(isList)
      return list ? countOf(list, 'maxItems', Infinity) : { limit: 1, rule: schemas[0]?.pointer ?? mediaType.pointer }
    },
    leastOf: name => {
      const [list] = alternativesOf(schemasOf(name)).filter(isList)
      return list ? countOf(list, 'minItems', 0) : { limit: 0, rule: '' }
    },
    standIn: name => standInOf(schemasOf(name))
  }
}

const countOf = ({ schemas }: Alternative, keyword: 'maxItems' | 'minItems', otherwise: number): FileCount => {
  const [said] = schemas.flatMap(one => within(one, keyword) ?? [])
  return { limit: typeof said?.value === 'number' ? said.value : otherwise, rule: said?.pointer ?? '' }
}

const requiredIn = ([alternative]: readonly Alternative[]): { name: string; rule: string }[] =>
  (alternative?.schemas ?? []).flatMap(schema => {
    const required = within(schema, 'required')
    const names: unknown[] = Array.isArray(required?.value) ? required.value : []
    return names.map(name => ({ name: String(name), rule: schema.pointer + pointer('required') }))
  })

const isList = ({ types }: Alternative): boolean => types.includes('array')

// What says nothing of the value's type.
const silent =
  /^(?:x-.*|title|description|deprecated|examples?|\$comment|(?:max|min)Length|readOnly|writeOnly|default|\$ref|(?:all|any|one)Of)$/

/**
 * Whether what schemas describe is binary (OpenAPI 3.1 §4.8.14.3): a text of `format: binary`, of a media type or in an
 * encoding; anything, where nothing is said of its type; or a list of these.
 */
const isBinary = (schemas: readonly Node[]): boolean =>
  schemas.length > 0 &&
  schemas.every(({ value }) => value !== false) &&
  alternativesOf(schemas).every(alternative =>
    isList(alternative) ? isBinary(itemSchemas(alternative, 0)) : isBinaryItself(alternative)
  )

const isBinaryItself = ({ schemas }: Alternative): boolean => {
  const says = (keyword: string): boolean => schemas.some(schema => within(schema, keyword) !== undefined)
  if (schemas.some(schema => within(schema, 'format')?.value === 'binary')) return true
  if (says('contentMediaType') || says('contentEncoding')) return true
  return schemas.every(({ value }) => isSilent(value))
}

const isSilent = (schema: unknown): boolean =>
  !isRecord(schema) || Object.keys(schema).every(keyword => silent.test(keyword))

const most = 1024

const standInOf = (schemas: readonly Node[]): unknown => {
  const [alternative] = alternativesOf(schemas)
  if (!alternative) return ''
  const least = (keyword: string): number =>
    Math.min(most, ...[Math.max(0, ...alternative.schemas.map(one => Number(within(one, keyword)?.value ?? 0)))])
  if (!isList(alternative)) return ' '.repeat(least('minLength'))
  const length = Math.max(1, least('minItems'))
  return Array.from({ length }, (_, index) => standInOf(itemSchemas(alternative, index)))
}
