import type { Random } from '../random.js'
import type { Draft } from './draft.js'

const hexOf = (letter: string): string => `%${letter.charCodeAt(0).toString(16)}`

/** Makes of a path one that the contract doesn't have: paths are matched as they are sent. */
const others: readonly ((path: string, random: Random) => string)[] = [
  path => `${path}/`,
  path => `/.${path}`,
  path => `/x/..${path}`,
  path => `/${path}`,
  path => `${path}.`,
  path => `${path};v=1`,
  path => `${path}%00`,
  path => `${path}%`,
  path => `${path}%2e%2E%2f`,
  path => `${path}#part`,
  path => path.toUpperCase(),
  path => path.slice(0, -1) + hexOf(path.slice(-1)),
  path => path.replace('/', '/%2F'),
  (_path, random) => `/${random.text(random.between(1, 12))}`,
  (_path, random) => `/${random.text(4)}/${random.text(random.between(3000, 6000))}`,
  (_path, random) => `/constructor/${random.text(2)}`,
  () => '/__proto__',
  () => '/%ff%c0%af',
  () => '/docs/../openapi.json',
  () => '/docs/%2e%2e/package.json',
  () => '/..%5c..%5cetc/passwd',
  () => '/.env'
]

const queries = [
  '?',
  '?x=1',
  '?a=%zz&&=&',
  '?%',
  `?q=${'q'.repeat(500)}`,
  '?__proto__[x]=1',
  '?/token',
  '?a?b?c',
  "?'<>|"
]

/** Sends a request elsewhere, or its target in another form, as RFC 9112 §3.2 has them. */
export const changeTarget = (draft: Draft, isLast: boolean, random: Random): void => {
  if (random.chance(0.15)) {
    draft.target = (random.pick(others) ?? others[0] ?? (path => path))(draft.target, random)
    draft.refuse('route', 'another path', 404)
  }
  if (random.chance(0.1) && !draft.target.includes('#')) draft.target += random.pick(queries) ?? ''
  const form = random.share()
  if (form < 0.05) {
    draft.note('absolute form')
    draft.target = `${random.pick(['http', 'HTTP', 'https'])}://${random.pick(['soak.example', 'x:8080', '[::1]', '127.0.0.1'])}${draft.target}`
  } else if (!isLast) {
    // What the parser refuses ends the connection.
  } else if (form < 0.07) {
    draft.target = random.pick(['token', '?x', 'http:/x', 'x y', '\\token', ''])
    draft.refuse('parser', 'a target that is none', 400)
  } else if (form < 0.09) {
    draft.target += 'x'.repeat(17_000)
    draft.refuse('parser', 'a target of 17 KiB', 431)
  } else if (form < 0.11) {
    draft.target += random.pick(['\xff', '\xc3\xa4', '\x80'])
    draft.refuse('parser', 'a target that is not ASCII', 400)
  }
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'SEARCH', 'PURGE']
const noMethods = ['get', 'FOO', 'G3T', '', 'POST\t', 'GE\x00T', 'PRI', 'BREW']

/** Sends a request by another method. */
export const changeMethod = (draft: Draft, allow: readonly string[], isLast: boolean, random: Random): void => {
  if (!draft.isElsewhere && random.chance(0.08)) {
    draft.method = random.pick(methods.filter(one => !allow.includes(one))) ?? 'PURGE'
    draft.allow = allow
    draft.refuse('route', 'another method', 405)
  } else if (isLast && !draft.isBroken && random.chance(0.02)) {
    draft.method = random.pick(noMethods) ?? ''
    draft.refuse('parser', 'a method that is none', 400)
  }
}
