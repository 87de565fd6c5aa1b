import { type Contract, isRecord, pointerOfFragment } from '../../src/contract/index.js'
import { changed, type Difference, placeOfAny } from './difference.js'
import { keyword, type View } from './schema-view.js'

// `multipleOf` and `format` could be told more exactly, but are hardly ever changed into something related.
const exactKeywords = [
  ...['pattern', 'format', 'multipleOf', 'uniqueItems', 'contains', 'minContains', 'maxContains', 'prefixItems'],
  ...['unevaluatedItems', 'patternProperties', 'propertyNames', 'dependentRequired', 'dependentSchemas'],
  ...['not', 'if', 'then', 'else', 'contentEncoding', 'contentMediaType', 'contentSchema']
]

/** Values that say nothing about what fits in. `^.*$` is one, though it doesn't fit what has line breaks: it is meant so. */
const idle: ReadonlySet<string> = new Set([
  ...['format "password"', 'format "binary"', 'uniqueItems false'],
  ...['', '^', '$', '.*', '^.*', '.*$', '^.*$'].map(pattern => `pattern "${pattern}"`)
])

/** What two schemas let in otherwise, by the keywords of which no more is known than whether they say the same. */
export const exactDifferences = (before: View, after: View): Difference[] =>
  exactKeywords.flatMap(name => exactDifference(before, after, name))

const exactDifference = (before: View, after: View, name: string): Difference[] => {
  const written = (view: View): Set<string> => {
    const texts = keyword(view, name).map(node =>
      JSON.stringify(canonical(node.contract, node.value, mapsOfSchemas.has(name)))
    )
    return new Set(texts.filter(text => !idle.has(`${name} ${text}`)))
  }
  const [old, now] = [written(before), written(after)]
  const gone = [...old].filter(text => !now.has(text))
  const come = [...now].filter(text => !old.has(text))
  if (gone.length + come.length === 0) return []
  const show = (texts: readonly string[]): string[] =>
    texts.map(text => (text.startsWith('"') ? String(JSON.parse(text)) : text))
  const place = placeOfAny(before, after, [name])
  return [
    { predicate: changed(name, show(gone), show(come)), place, tightens: come.length > 0, loosens: gone.length > 0 }
  ]
}

const annotations: ReadonlySet<string> = new Set([
  ...['title', 'description', 'example', 'examples', 'default', 'deprecated', 'externalDocs', 'xml', '$comment']
])
const mapsOfSchemas: ReadonlySet<string> = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs'])

/** A schema in a form that is the same for schemas that say the same: keys sorted, no annotations, no `$ref`s. */
const canonical = (contract: Contract, value: unknown, hasNames: boolean, refs: readonly string[] = []): unknown => {
  if (Array.isArray(value)) return value.map(one => canonical(contract, one, false, refs))
  if (!isRecord(value)) return value
  const { $ref: ref, ...own } = value
  if (typeof ref === 'string' && !refs.includes(ref)) {
    const target = contract.resolve(pointerOfFragment(ref)).value
    return canonical(contract, isRecord(target) ? { ...target, ...own } : target, false, [...refs, ref])
  }
  const keys = Object.keys(value).filter(key => hasNames || !annotations.has(key))
  const entries = keys
    .sort()
    .map(key => [key, canonical(contract, value[key], !hasNames && mapsOfSchemas.has(key), refs)])
  return Object.fromEntries(entries) as unknown
}
