import type { OpenAPIV3_1 } from 'openapi-types'
import { isRecord } from '../document/record.js'
import { type Kind, walk } from './walk.js'

/** An object that names servers. */
export interface ServerList {
  servers: OpenAPIV3_1.ServerObject[]
}

/**
 * The lists of servers in a document: its own, those of Path Items and of operations. Those of webhooks and callbacks,
 * whose requests go elsewhere, are none of them.
 */
export const serverLists = (document: OpenAPIV3_1.Document): ServerList[] => {
  const elsewhere = ['/webhooks/']
  const lists: ServerList[] = []
  walk(document, (kind, object, pointer) => {
    if (kind === 'Callback') elsewhere.push(`${pointer}/`)
    if (!owners.has(kind) || elsewhere.some(prefix => pointer.startsWith(prefix))) return
    if (isRecord(object) && Array.isArray(object['servers'])) {
      lists.push(object as unknown as ServerList)
    }
  })
  return lists
}

const owners: ReadonlySet<Kind> = new Set<Kind>(['Document', 'PathItem', 'Operation'])
