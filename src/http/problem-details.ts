import { type BrokenRule, pointer, type Problems } from '../contract/index.js'
import { statusText } from './status-text.js'

const places = { body: 'pointer', path: 'parameter', query: 'parameter', header: 'header', cookie: 'cookie' } as const

const brokenOf = ({ part, path, message }: BrokenRule): object => ({
  detail: message,
  [places[part]]: part === 'body' ? fragmentOf(path) : (path[0] ?? part)
})

// A JSON Pointer as a fragment of a URI (RFC 6901 §6). The names are a client's: not all that they can be is text.
const fragmentOf = (path: readonly string[]): string => {
  const text = pointer(...path)
  return /^[\w/.-]*$/.test(text)
    ? `#${text}`
    : `#${encodeURI(text.replace(/[\ud800-\udfff]/gu, '\ufffd')).replaceAll('#', '%23')}`
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

// An id of another form, which a client or a proxy has given the request, is a fragment, in which all its characters may be.
const instanceOf = (id: string): string =>
  uuid.test(id) ? `urn:uuid:${id}` : `#${encodeURI(id).replaceAll('#', '%23')}`

/**
 * The words of the server's own replies as RFC 9457 has them: `type`, `title`, `status`, `detail` where there is more to
 * say, and one entry of `errors` for each broken rule, with its place in the body or the name of what it is in.
 *
 * `instance` is the id of the request, by which an operator finds it in the log, and never its path: that names no
 * occurrence (§3.1.5), and may have a secret in it.
 */
export const problemDetails: Problems = {
  mediaType: 'application/problem+json',
  body: ({ status, detail, broken, requestId }) => ({
    type: 'about:blank',
    title: statusText(status),
    status,
    ...(detail !== undefined && { detail }),
    ...(requestId && { instance: instanceOf(requestId()) }),
    ...(broken && { errors: broken.map(brokenOf) })
  }),
  undeclaredMediaType: 'refused',
  emptyFormField: 'text'
}
