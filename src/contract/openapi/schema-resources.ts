import type { Finding, PlaceOf } from '../document/finding.js'
import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import { walk } from './walk.js'

/** The URL of the document, to which `$id`s and references are relative. A made-up one: nobody's `$id` is like it. */
export const baseUrl = 'contract:/openapi.yaml'

/** A schema resource and its names, while they are still in the document. */
export interface Resource {
  /** Without a fragment. */
  readonly url: string
  readonly pointer: string
  /** Where all its anchors stand, by their names. */
  readonly anchors: Map<string, string>
  /** Those of them that are dynamic. */
  readonly dynamicAnchors: Map<string, string>
}

/** A schema that has a name, a dialect or a reference, and the resource to which it belongs. */
export interface SchemaIn {
  readonly pointer: string
  readonly schema: Record<string, unknown>
  readonly base: Resource
}

const dialects =
  /^https:\/\/(json-schema\.org\/draft\/2020-12\/schema|spec\.openapis\.org\/oas\/3\.[12]\/dialect\/[\w-]+)#?$/

// As JSON Schema's own schema has them.
const idPattern = /^[^#]*#?$/
const anchorPattern = /^[A-Za-z_][-A-Za-z0-9._]*$/

/** The schema resources of a document by their URLs, the document itself first, and the schemas that have to do with them. */
export const resourcesIn = (
  document: unknown,
  place: PlaceOf
): {
  readonly findings: Finding[]
  readonly resources: ReadonlyMap<string, Resource>
  readonly schemas: SchemaIn[]
} => {
  const findings: Finding[] = []
  const resources = new Map<string, Resource>()
  const schemas: SchemaIn[] = []
  const refuse = (path: string, what: string, todo: string): void => {
    findings.push({ place: place(path), what, todo })
  }

  const open = (url: string, path: string): Resource => {
    const resource = {
      url,
      pointer: path,
      anchors: new Map<string, string>(),
      dynamicAnchors: new Map<string, string>()
    }
    if (resources.has(url)) refuse(path + pointer('$id'), `Another schema has the \`$id\` \`${url}\`.`, 'Rename one.')
    else resources.set(url, resource)
    return resource
  }

  const root = open(baseUrl, '')
  const around = [root] // the resources around the schema that is visited, the innermost last

  const resourceOf = (schema: Readonly<Record<string, unknown>>, path: string): Resource => {
    while (around.length > 1 && !path.startsWith(`${around.at(-1)?.pointer ?? ''}/`)) around.pop()
    const outer = around.at(-1) ?? root
    const id = schema['$id']
    if (typeof id !== 'string') return outer // another value is told by JSON Schema's own schema
    if (!idPattern.test(id) || !URL.canParse(id, outer.url)) {
      const what = `The \`$id\` \`${id}\` isn't a URL reference without a fragment.`
      refuse(path + pointer('$id'), what, 'Write a full URL, and the name in `$anchor`.')
      return outer
    }
    const url = new URL(id, outer.url)
    url.hash = ''
    const resource = open(url.href, path)
    around.push(resource)
    return resource
  }

  const name = (base: Resource, anchor: string, at: string, path: string): void => {
    if (!anchorPattern.test(anchor)) refuse(at, `The anchor \`${anchor}\` isn't a name.`, 'Use letters and digits.')
    else if (base.anchors.has(anchor)) refuse(at, `Another schema has the anchor \`${anchor}\`.`, 'Rename one.')
    else base.anchors.set(anchor, path)
  }

  walk(document, (kind, schema, path) => {
    if (!isRecord(schema)) return
    const dialect = schema[kind === 'Document' ? 'jsonSchemaDialect' : '$schema']
    if (kind !== 'Schema' && kind !== 'Document') return
    if (typeof dialect === 'string' && !dialects.test(dialect)) {
      const at = path + pointer(kind === 'Document' ? 'jsonSchemaDialect' : '$schema')
      refuse(at, `The dialect \`${dialect}\` isn't known.`, 'Use JSON Schema 2020-12, and remove it.')
    }
    if (kind === 'Document') return
    const base = resourceOf(schema, path)
    schemas.push({ pointer: path, schema, base })
    const { $anchor: anchor, $dynamicAnchor: dynamic } = schema
    if (typeof anchor === 'string') name(base, anchor, path + pointer('$anchor'), path)
    if (typeof dynamic !== 'string') return
    name(base, dynamic, path + pointer('$dynamicAnchor'), path)
    base.dynamicAnchors.set(dynamic, path)
  })
  return { findings, resources, schemas }
}
