import { parse, stringify } from 'yaml'
import { childOf, isRecord, type Kind, parseContract, pointer, tokensOf, walk } from '../../src/contract/index.js'
import { type Faulty, faultsOfMap, faultsOfObject } from './contract-faults.js'
import type { Use } from './contract-values.js'
import type { Edit } from './edit.js'

/**
 * Edits of one keyword or one entry of each object of a contract. Two edits that say the same are one.
 *
 * @param text the contract, as it is written
 */
export const contractEdits = (text: string): Edit[] => {
  const contract = parseContract(text)
  const document: unknown = contract.document
  const useOf = usesIn(document)
  const made = new Set([JSON.stringify(document)])
  const edits: Edit[] = []
  const make = (path: string, { key, what, object }: Faulty): void => {
    const edited = withObject(document, tokensOf(path), object)
    const said = JSON.stringify(edited)
    if (made.has(said)) return
    made.add(said)
    const place = contract.place(path + pointer(key), 'key')
    let text: string | undefined // written when it is asked for: most that is asked of many edits is their names
    edits.push({
      kind: 'contract',
      file: 'openapi.yaml',
      place,
      what,
      get text() {
        return (text ??= written(edited))
      }
    })
  }
  walk(document, (kind, object, path) => {
    if (!isRecord(object)) return
    for (const fault of faultsOfObject(kind, object, useOf(kind, path))) make(path, fault)
    for (const [name, map] of Object.entries(object)) {
      if (!isRecord(map)) continue
      for (const fault of faultsOfMap(kind, name, map)) make(path + pointer(name), fault)
    }
  })
  return edits
}

/** A contract that says the same, but is written as edits are. */
export const unedited = (text: string): string => written(parse(text))

const written = (document: unknown): string => stringify(document, { aliasDuplicateObjects: false })

/** The same document with another object at the end of a path. */
const withObject = (at: unknown, [token, ...rest]: readonly string[], object: unknown): unknown => {
  if (token === undefined) return object
  const below = withObject(childOf(at, token), rest, object)
  return Array.isArray(at) ? (at as unknown[]).with(Number(token), below) : { ...Object(at), [token]: below }
}

/** What has to be known of the whole contract to edit one object of it. */
const usesIn = (document: unknown): ((kind: Kind, path: string) => Use) => {
  const components = childOf(document, 'components')
  const bodies: unknown[] = []
  walk(document, (kind, object) => {
    if (kind === 'RequestBody' || kind === 'Parameter') bodies.push(object)
  })
  const requestSchemas = new Set<string>()
  const follow = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value ?? null).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (requestSchemas.has(name)) continue
      requestSchemas.add(name)
      follow(childOf(childOf(components, 'schemas'), name))
    }
  }
  follow(bodies)
  return (kind, path) => {
    const [first, section = '', component = '', ...below] = tokensOf(path)
    const ofRequest = /\/(requestBody|requestBodies|parameters)\//.test(path)
    return {
      inRequest: ofRequest || (first === 'components' && section === 'schemas' && requestSchemas.has(component)),
      isProperty: kind === 'Schema' && below.at(-2) === 'properties',
      components: section => Object.keys(Object(childOf(components, section)) as object)
    }
  }
}
