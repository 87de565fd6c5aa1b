import type { OpenAPIV3_1 } from 'openapi-types'
import { isRecord } from '../document/record.js'
import { walk } from './walk.js'

/** A URL of who gives credentials, by the object and the field that it stands in. */
export interface AuthorityUrl {
  readonly owner: Record<string, unknown>
  readonly field: 'authorizationUrl' | 'tokenUrl' | 'refreshUrl' | 'openIdConnectUrl'
  readonly url: string
}

const fields = ['authorizationUrl', 'tokenUrl', 'refreshUrl', 'openIdConnectUrl'] as const

/** The URLs in the security schemes of a document: of the flows of OAuth2, and of OpenID Connect's discovery. */
export const authorityUrls = (document: OpenAPIV3_1.Document): AuthorityUrl[] => {
  const found: AuthorityUrl[] = []
  walk(document, (kind, scheme) => {
    if (kind !== 'SecurityScheme' || !isRecord(scheme)) return
    const flows = isRecord(scheme['flows']) ? Object.values(scheme['flows']) : []
    for (const owner of [scheme, ...flows].filter(isRecord)) {
      for (const field of fields) {
        const url = owner[field]
        if (typeof url === 'string') found.push({ owner, field, url })
      }
    }
  })
  return found
}
