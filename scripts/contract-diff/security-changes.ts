import { entriesOf, find, type Node, placeOf, rootOf } from '../../src/contract/index.js'
import { addedAndRemoved, type Change, type Detail, inWords, list, quoted, valueChange } from './change.js'
import { match } from './match.js'
import type { Operation } from './operation.js'

/** A Security Requirement Object: the schemes that are needed together, and the scopes of each. */
type Requirement = ReadonlyMap<string, readonly unknown[]>

/** The alternatives of an operation, its own or else those of the document (OpenAPI 3.1 §4.8.10.1). */
const requirementsOf = (operation: Node): { readonly node: Node; readonly alternatives: readonly Requirement[] } => {
  const node = find(operation, 'security') ?? find(rootOf(operation.contract), 'security')
  const alternatives = entriesOf(node).map(([, requirement]) => {
    const schemes = entriesOf(requirement)
    return new Map(schemes.map(([name, scopes]) => [name, entriesOf(scopes).map(([, scope]) => scope.value)]))
  })
  return { node: node ?? operation, alternatives: alternatives.length > 0 ? alternatives : [new Map()] }
}

/**
 * Whom an operation lets in otherwise than before. It breaks if somebody who was let in isn't any more; for a webhook,
 * where the server is the one to be let in, if it comes with what it didn't come with.
 */
export const securityChanges = (before: Operation, after: Operation): Detail[] => {
  const [old, now] = [requirementsOf(before.node), requirementsOf(after.node)]
  const refuses = old.alternatives.some(had => !now.alternatives.some(needed => suffices(had, needed)))
  const admits = now.alternatives.some(has => !old.alternatives.some(needed => suffices(has, needed)))
  if (!refuses && !admits) return []
  const clause = `the security is now ${words(now.alternatives)} instead of ${words(old.alternatives)}`
  return [{ place: placeOf(now.node, 'key'), clause, breaking: after.sender === 'client' ? refuses : admits }]
}

const suffices = (had: Requirement, needed: Requirement): boolean =>
  [...needed].every(([name, scopes]) => scopes.every(scope => had.get(name)?.includes(scope)) && had.has(name))

const words = (alternatives: readonly Requirement[]): string => {
  const scheme = ([name, scopes]: readonly [string, readonly unknown[]]): string =>
    scopes.length > 0 ? `\`${name}\` with ${quoted(scopes)}` : `\`${name}\``
  return list(
    alternatives.map(schemes => list([...schemes].map(scheme)) || 'none'),
    'or'
  )
}

/**
 * What the security schemes are otherwise than before. That one was added or removed breaks nobody by itself: that is
 * told of the operations that it is asked for.
 */
export const securitySchemeChanges = (before: Node, after: Node): Change[] => {
  const schemes = (root: Node): [string, Node][] => entriesOf(find(root, 'components', 'securitySchemes'))
  const matched = match(schemes(before), schemes(after))
  const noun = (name: string): string => `The security scheme \`${name}\``
  return [
    ...inWords(addedAndRemoved(matched, noun, { added: false, removed: false })),
    ...matched.kept.flatMap(([name, old, now]) => inWords(schemeChanges(old, now), noun(name)))
  ]
}

const schemeChanges = (before: Node, after: Node): Detail[] => {
  const terms = match(termsOf(before), termsOf(after))
  return [
    ...addedAndRemoved(terms, name => `\`${name}\``),
    ...terms.kept.flatMap(([name, old, now]) =>
      isScope.test(name) || isSame(name, old, now) ? [] : valueChange(name, old, now, true)
    )
  ]
}

// The names of headers and of authentication schemes are not case-sensitive (RFC 9110 §5.1, §11.1).
const isSame = (term: string, before: Node, after: Node): boolean => {
  const isInHeader = [before, after].every(one => find(schemeOf(one), 'in')?.value === 'header')
  const text = ({ value }: Node): string => String(value).toLowerCase()
  return (term === 'scheme' || (term === 'name' && isInHeader)) && text(before) === text(after)
}

const schemeOf = ({ contract, pointer }: Node): Node => {
  const scheme = pointer.slice(0, pointer.lastIndexOf('/'))
  return { contract, ...contract.resolve(scheme) }
}

const isScope = /^flows\.\w+\.scopes\./
const isTerm = /^(type|in|name|scheme|openIdConnectUrl|flows\.\w+\.\w+Url)$/

/** What a client has to know of a scheme, by paths like `flows.password.tokenUrl`. The value of a scope is a description. */
const termsOf = (node: Node, path = ''): [string, Node][] =>
  entriesOf(node).flatMap(([key, entry]) => {
    const name = `${path}${key}`
    if (isScope.test(name) || isTerm.test(name)) return [[name, entry]]
    return name.startsWith('flows') ? termsOf(entry, `${name}.`) : []
  })
