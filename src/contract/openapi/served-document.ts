import type { OpenAPIV3_1 } from 'openapi-types'
import { isRecord } from '../document/record.js'
import { valueAt } from '../document/reference.js'
import type { Contract } from './contract.js'
import { ownServersOf } from './server.js'
import { serverLists } from './server-lists.js'
import { tokenUrlsOf } from './token-url.js'

/**
 * The document of a contract for who asks the server that serves it: the servers that it names are paths of this one,
 * whatever their hosts, and so are the URLs that issue tokens and are relative to them. Those of webhooks and callbacks,
 * whose requests go elsewhere, are left as they are.
 */
export const servedDocument = (contract: Contract): OpenAPIV3_1.Document => {
  const document = JSON.parse(JSON.stringify(contract.document)) as OpenAPIV3_1.Document
  let isChanged = false
  for (const owner of serverLists(document)) {
    const { servers } = owner
    owner.servers = ownServersOf(servers)
    isChanged ||= owner.servers.length !== servers.length || owner.servers.some((one, index) => one !== servers[index])
  }
  for (const { pointer, path } of isChanged ? tokenUrlsOf(contract) : []) {
    const flow = valueAt(document, pointer.slice(0, pointer.lastIndexOf('/')))
    if (isRecord(flow)) flow['tokenUrl'] = path
  }
  return document
}
