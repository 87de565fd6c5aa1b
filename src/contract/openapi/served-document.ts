import type { OpenAPIV3_1 } from 'openapi-types'
import { isRecord } from '../document/record.js'
import { valueAt } from '../document/reference.js'
import type { Contract } from './contract.js'
import { ownServersOf } from './server.js'
import { tokenUrlsOf } from './token-url.js'
import { type Kind, walk } from './walk.js'

/**
 * The document of a contract for who asks the server that serves it: the servers that it names are paths of this one,
 * whatever their hosts, and so are the URLs that issue tokens and are relative to them. Those of webhooks and callbacks,
 * whose requests go elsewhere, are left as they are.
 */
export const servedDocument = (contract: Contract): OpenAPIV3_1.Document => {
  const document = JSON.parse(JSON.stringify(contract.document)) as OpenAPIV3_1.Document
  const elsewhere = ['/webhooks/']
  const changed: string[] = []
  walk(document, (kind, object, at) => {
    if (kind === 'Callback') elsewhere.push(`${at}/`)
    if (!owners.has(kind) || elsewhere.some(prefix => at.startsWith(prefix))) return
    if (!isRecord(object) || !Array.isArray(object['servers'])) return
    const servers = object['servers'] as OpenAPIV3_1.ServerObject[]
    const own = ownServersOf(servers)
    if (own.length !== servers.length || own.some((server, index) => server !== servers[index])) changed.push(at)
    object['servers'] = own
  })
  for (const { pointer, path } of changed.length > 0 ? tokenUrlsOf(contract) : []) {
    const flow = valueAt(document, pointer.slice(0, pointer.lastIndexOf('/')))
    if (isRecord(flow)) flow['tokenUrl'] = path
  }
  return document
}

const owners: ReadonlySet<Kind> = new Set<Kind>(['Document', 'PathItem', 'Operation'])
