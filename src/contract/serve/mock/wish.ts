import type { IncomingHttpHeaders } from 'node:http'

/** What the sender of a request wants of a mock. */
export interface Wish {
  /** `Prefer: code=404` */
  readonly code?: string
  /** `Prefer: example=NAME` */
  readonly example?: string
  /** `Prefer: dynamic=true`: values made from the schema, others for each request. */
  readonly isDynamic: boolean
  /** The `Accept` header as it is. */
  readonly accept?: string
}

// A preference is a name and a value, which may be quoted. Commas separate them (RFC 7240 §2); many write semicolons.
const preference = /([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,;"]*)))?/g

/** Reads the wish of a request from its `Prefer` headers, which Node has joined, and from `Accept`. */
export const wishOf = ({ prefer = '', accept }: IncomingHttpHeaders): Wish => {
  const preferences = new Map<string, string>()
  for (const [, name = '', quoted, token = ''] of String(prefer).matchAll(preference)) {
    const key = name.toLowerCase()
    // The first one counts (RFC 7240 §2).
    if (!preferences.has(key)) preferences.set(key, quoted?.replaceAll(/\\(.)/g, '$1') ?? token)
  }
  const code = preferences.get('code')
  const example = preferences.get('example')
  const dynamic = preferences.get('dynamic')
  return {
    isDynamic: dynamic !== undefined && dynamic !== 'false',
    ...(code !== undefined && { code }),
    ...(example !== undefined && { example }),
    ...(accept !== undefined && { accept })
  }
}
