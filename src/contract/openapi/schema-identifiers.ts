import type { Finding, PlaceOf } from '../document/finding.js'
import { pointer, pointerOfFragment, tokensOf } from '../document/pointer.js'
import { childOf, isRecord } from '../document/record.js'
import { baseUrl, type Resource, resourcesIn, type SchemaIn } from './schema-resources.js'
import type { Visit } from './walk.js'

/** A schema resource (JSON Schema 2020-12 §4.3.5): the document, or the schema with an `$id`, without those inside it. */
export interface SchemaResource {
  /** Where it begins; `''` for the document, to which all schemas outside any `$id` belong. */
  readonly pointer: string
  /** Where its `$dynamicAnchor`s stand, by their names. */
  readonly anchors: ReadonlyMap<string, string>
}

/** What came of taking the names of schemas out of a document. */
export interface Identified {
  /** References that lead nowhere, names that are used twice, and dialects that aren't known. */
  readonly findings: readonly Finding[]
  /** All resources of the document, if a `$dynamicRef` is left; else none. */
  readonly resources: readonly SchemaResource[]
}

/**
 * Takes the names of schemas out of a document of OpenAPI 3.1, in place: `$id`, `$anchor`, `$dynamicAnchor` and
 * `$schema` go, and each `$ref` that went by them becomes a pointer into the document (`#/components/schemas/A`), by
 * RFC 3986 and JSON Schema 2020-12 §8.2. Nothing is ever fetched: a URL that no `$id` has is a finding.
 *
 * A `$dynamicRef` that can only lead to one place becomes a `$ref`. One that depends on the way by which it is reached
 * becomes `{ $dynamicRef: '#/pointer' }`, a pointer to the `$dynamicAnchor` that it leads to by itself. To resolve it
 * (§8.2.3.2), look that pointer up in `resources`, which gives the name of the anchor; then it leads to the anchor of
 * that name in the outermost of the resources that have been entered on the way. The resource of a schema is the one
 * with the longest pointer that its own begins with.
 */
export const identifySchemas = (document: unknown, place: PlaceOf): Identified => {
  if (!isRecord(document)) return { findings: [], resources: [] }
  // With YAML aliases the same object can stand below two `$id`s, and mean two things.
  Object.assign(document, JSON.parse(JSON.stringify(document)))
  const { findings, resources, schemas } = resourcesIn(document, place)
  const follower = { document, place, resources, findings }
  for (const one of schemas) followRef(follower, one)
  const dynamicRefs = schemas
    .filter(one => followDynamicRef(follower, one))
    .map(one => one.pointer + pointer('$dynamicRef'))
  for (const { schema } of schemas) dropNames(schema)
  const told = [...resources.values()].map(({ pointer: at, dynamicAnchors: anchors }) => ({ pointer: at, anchors }))
  return { findings, resources: dynamicRefs.length > 0 ? told : [] }
}

const names = ['$id', '$anchor', '$dynamicAnchor', '$schema'] as const

/** Whether an object of a document is or says what `identifySchemas` takes out of it: with none, it has nothing to do. */
export const isIdentified: (...visited: Parameters<Visit>) => boolean = (kind, object) => {
  if (!isRecord(object)) return false
  if (kind === 'Document') return Object.hasOwn(object, 'jsonSchemaDialect')
  if (kind !== 'Schema') return false
  const ref = object['$ref']
  if (typeof ref === 'string' && /^([a-z][a-z\d+.-]*:|#[^/])/i.test(ref)) return true
  return Object.hasOwn(object, '$dynamicRef') || names.some(name => Object.hasOwn(object, name))
}

interface Follower {
  readonly document: Record<string, unknown>
  readonly place: PlaceOf
  readonly resources: ReadonlyMap<string, Resource>
  readonly findings: Finding[]
}

interface Target {
  readonly resource: Resource
  readonly pointer: string
  /** The anchor by which it is named, if it is. */
  readonly anchor: string | undefined
}

const followRef = (follower: Follower, one: SchemaIn): void => {
  const ref = one.schema['$ref']
  if (typeof ref !== 'string') return
  const target = targetOf(follower, one, '$ref', ref)
  if (target) one.schema['$ref'] = refTo(target.pointer)
}

// Whether it stays one, because it depends on the way to it where it leads.
const followDynamicRef = (follower: Follower, one: SchemaIn): boolean => {
  const { schema } = one
  const ref = schema['$dynamicRef']
  if (typeof ref !== 'string') return false
  const target = targetOf(follower, one, '$dynamicRef', ref)
  if (!target) return false
  const { anchor, resource } = target
  const rivals = [...follower.resources.values()].filter(
    other => anchor !== undefined && other.dynamicAnchors.has(anchor)
  )
  if (rivals.includes(resource) && rivals.length > 1) {
    schema['$dynamicRef'] = refTo(target.pointer)
    return true
  }
  delete schema['$dynamicRef']
  const plain = { $ref: refTo(target.pointer) }
  if (schema['$ref'] === undefined) Object.assign(schema, plain)
  else schema['allOf'] = [...(Array.isArray(schema['allOf']) ? (schema['allOf'] as unknown[]) : []), plain]
  return false
}

/** Where a reference leads, if it goes by a name or is relative to one. Tells if it leads nowhere. */
const targetOf = (
  { document, place, resources, findings }: Follower,
  { pointer: at, base }: SchemaIn,
  keyword: '$ref' | '$dynamicRef',
  ref: string
): Target | undefined => {
  const refuse = (what: string, todo: string): Target | undefined => {
    findings.push({ place: place(at + pointer(keyword)), what: `\`${keyword}: ${ref}\` ${what}`, todo })
    return undefined
  }
  const isOfDocument = base.url === baseUrl
  if (isOfDocument && keyword === '$ref' && (ref === '#' || ref.startsWith('#/'))) return undefined // is what it should be
  if (!URL.canParse(ref, base.url)) return refuse("isn't a URL reference.", 'Check its spelling.')
  const url = new URL(ref, base.url)
  const fragment = pointerOfFragment(url.hash)
  url.hash = ''
  const resource = resources.get(url.href)
  if (!resource) {
    if (url.href.startsWith('contract:')) return undefined // another file, which is told by those who look for files
    return refuse(
      'is a URL that no `$id` in this file has. Nothing is fetched.',
      'Move what it names into `components`.'
    )
  }
  const isPointer = fragment === '' || fragment.startsWith('/')
  const target = isPointer ? resource.pointer + fragment : resource.anchors.get(fragment)
  const owner = isOfDocument && resource.url === baseUrl ? 'the document' : `\`${resource.url}\``
  if (target === undefined) return refuse(`leads to nothing: ${owner} has no such anchor.`, 'Check its spelling.')
  if (resource.url !== baseUrl && tokensOf(target).reduce<unknown>(childOf, document) === undefined) {
    return refuse(`leads to nothing: it is looked for in the schema ${owner}.`, 'Check it against the `$id`.')
  }
  return { resource, pointer: target, anchor: isPointer ? undefined : fragment }
}

// A pointer as the fragment of a URL (RFC 6901 §6).
const refTo = (path: string): string => `#${encodeURI(path).replaceAll('#', '%23')}`

const dropNames = (schema: Record<string, unknown>): void => {
  for (const name of names) if (typeof schema[name] === 'string') Reflect.deleteProperty(schema, name)
}
