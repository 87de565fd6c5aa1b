import { type BrokenRule, pointer, type Problems } from '../contract/index.js'
import { statusText } from './status-text.js'

const brokenOf = ({ part, path, message }: BrokenRule): object => ({
  [part === 'body' ? 'pointer' : 'parameter']: part === 'body' ? `#${encodeURI(pointer(...path))}` : (path[0] ?? part),
  detail: message
})

/**
 * The words of the server's own replies as RFC 9457 has them: `type`, `title`, `status`, `detail` where there is more to
 * say, and one entry of `errors` for each broken rule, with its place in the body or the name of the parameter.
 */
export const problemDetails: Problems = {
  mediaType: 'application/problem+json',
  body: ({ status, detail, broken }) => ({
    type: 'about:blank',
    title: statusText(status),
    status,
    ...(detail !== undefined && { detail }),
    ...(broken && { errors: broken.map(brokenOf) })
  }),
  undeclaredMediaType: 'refused',
  emptyFormField: 'text'
}
