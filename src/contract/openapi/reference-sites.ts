import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import { type Kind, walk } from './walk.js'

/** Where each kind of object that can be referred to stands in the Components Object. */
export const sectionOf: Readonly<Partial<Record<Kind, string>>> = {
  Schema: 'schemas',
  Response: 'responses',
  Parameter: 'parameters',
  Example: 'examples',
  RequestBody: 'requestBodies',
  Header: 'headers',
  SecurityScheme: 'securitySchemes',
  Link: 'links',
  Callback: 'callbacks',
  PathItem: 'pathItems'
}

/** A reference in a document: the object and the key that hold it, where that is, and what kind of object it stands for. */
export interface ReferenceSite {
  readonly holder: Record<string, unknown>
  readonly key: string
  readonly ref: string
  readonly pointer: string
  readonly kind: Kind
}

/**
 * The references of a document, by the grammar of OpenAPI: `$ref`s, and those in the mapping of a discriminator. Not those
 * below an `$id`, which are relative to it, and no file's.
 */
export const referenceSites = (document: unknown): ReferenceSite[] => {
  const sites: ReferenceSite[] = []
  const resources: string[] = []
  walk(document, (kind, object, path) => {
    if (!isRecord(object) || sectionOf[kind] === undefined) return
    if (kind === 'Schema' && typeof object['$id'] === 'string') resources.push(path)
    if (resources.some(resource => path === resource || path.startsWith(`${resource}/`))) return
    const { $ref: ref, discriminator } = object
    if (typeof ref === 'string') sites.push({ holder: object, key: '$ref', ref, pointer: path + pointer('$ref'), kind })
    const mapping = kind === 'Schema' && isRecord(discriminator) ? discriminator['mapping'] : undefined
    if (!isRecord(mapping)) return
    for (const [key, to] of Object.entries(mapping)) {
      if (typeof to !== 'string' || !/[#/]|\.(?:json|ya?ml)$/.test(to)) continue // else it is the name of a schema
      sites.push({ holder: mapping, key, ref: to, pointer: path + pointer('discriminator', 'mapping', key), kind })
    }
  })
  return sites
}
