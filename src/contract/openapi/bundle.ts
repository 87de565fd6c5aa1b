import { posix } from 'node:path'
import type { Finding, PlaceOf } from '../document/finding.js'
import { isFileReference, type Located, locate } from '../document/locate.js'
import { type Origin, placesByOrigin } from '../document/origin.js'
import { pointer, tokensOf } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import { type SourceFile, type SourceFiles, UnfollowedReference } from '../document/source-files.js'
import { type ReferenceSite, referenceSites, sectionOf } from './reference-sites.js'

/** A document with all that its references to other files lead to, and where the parts are written that came by them. */
export interface Bundle {
  readonly document: unknown
  /** By their pointers in the document. */
  readonly origins: ReadonlyMap<string, Origin>
  readonly findings: readonly Finding[]
}

/**
 * Makes one document of a file and those that its references lead to: what they name becomes a component of its kind,
 * and the references lead there. A component that was nothing but such a reference becomes what it names. In OpenAPI
 * 3.0, which has no components for them, path items take the place of the references to them.
 *
 * A document without references to other files is left as it is. Others are copied.
 *
 * @param place tells where things stand in the root
 */
export const bundle = (root: SourceFile, files: SourceFiles, place: PlaceOf): Bundle => {
  const { document } = root
  const isAlone = !referenceSites(document).some(({ ref }) => isFileReference(ref))
  // What has no components to put anything into is refused for that, with all else that is wrong with its structure.
  if (isAlone || !isRecord(document) || !hasSections(document)) {
    return { document, origins: new Map(), findings: [] }
  }
  return bundleParts(copyOf(document) as Record<string, unknown>, root, files, place)
}

/** A part that comes from another file, and its pointer in the document. */
interface Part {
  readonly at: string
  readonly located: Located
  /** The reference that it takes the place of; otherwise it is a component. */
  readonly instead?: ReferenceSite
  /** The Path Items that it is in, which it can't be in again. */
  readonly within: readonly string[]
}

const bundleParts = (
  document: Record<string, unknown>,
  root: SourceFile,
  files: SourceFiles,
  inRoot: PlaceOf
): Bundle => {
  const origins = new Map<string, Origin>()
  const place = placesByOrigin(origins, files.texts, inRoot)
  const findings = new Set<Finding>()
  const components = sectionsOf(document) // of a copy, so that it can be added to
  const hasPathItems = !String(document['openapi']).startsWith('3.0')
  const refs = new Map<string, string>() // where the parts are, by what they are
  const names = new Map<string, Set<string>>() // of components
  const parts: Part[] = []

  const identityOf = (site: ReferenceSite, { file, pointer: path }: Located): string =>
    `${sectionOf[site.kind] ?? ''} ${file.name}#${path}`

  const tell = (error: unknown, { ref, pointer: path }: ReferenceSite): void => {
    if (!(error instanceof UnfollowedReference)) throw error
    const own = { place: place(path), what: `\`$ref: ${ref}\` ${error.message}.`, todo: error.todo }
    for (const finding of error.findings.length > 0 ? error.findings : [own]) findings.add(finding)
  }

  const nameIn = (section: string, { file, pointer: path }: Located): string => {
    const taken = names.get(section) ?? new Set(['__proto__', ...Object.keys(components[section] ?? {})])
    const wanted = tokensOf(path).at(-1) ?? posix.parse(file.name).name
    const base = wanted.replaceAll(/[^\w.-]+/g, '_') || '_'
    let name = base
    for (let count = 2; taken.has(name); count += 1) name = `${base}${count}`
    names.set(section, taken.add(name))
    return name
  }

  const componentOf = (site: ReferenceSite, located: Located): string => {
    const identity = identityOf(site, located)
    const section = sectionOf[site.kind] ?? ''
    const at = refs.get(identity) ?? pointer('components', section, nameIn(section, located))
    if (!refs.has(identity)) parts.push({ at, located, within: [] })
    refs.set(identity, at)
    return `#${encodeURI(at)}`
  }

  /** Whether a site is a component of the root that is nothing but a reference to what now is that component. */
  const isAdopted = (site: ReferenceSite): boolean => {
    const [top, section = '', name = '', key, ...rest] = tokensOf(site.pointer)
    if (top !== 'components' || section !== sectionOf[site.kind] || key !== '$ref' || rest.length > 0) return false
    if (name === '__proto__' || Object.keys(site.holder).length > 1 || !isFileReference(site.ref)) return false
    try {
      const located = locate(files, root, site.ref)
      const identity = identityOf(site, located)
      if (located.file === root || refs.has(identity)) return false
      const at = pointer('components', section, name)
      refs.set(identity, at)
      parts.push({ at, located, within: [] })
      return true
    } catch (error) {
      tell(error, site)
      return true
    }
  }

  const rewrite = (site: ReferenceSite, from: SourceFile, within: readonly string[]): void => {
    const { holder, key, ref, kind } = site
    if (from === root ? !isFileReference(ref) : !isFileReference(ref) && !ref.startsWith('#')) return
    try {
      const located = locate(files, from, ref)
      if (located.file === root) holder[key] = `#${encodeURI(located.pointer)}`
      else if (kind !== 'PathItem' || hasPathItems) holder[key] = componentOf(site, located)
      else parts.push({ at: site.pointer.slice(0, -'/$ref'.length), located, instead: site, within })
    } catch (error) {
      tell(error, site)
    }
  }

  const putComponent = ({ at, located: { file, pointer: path, value } }: Part): void => {
    const [, section = '', name = ''] = tokensOf(at)
    const copy = copyOf(value)
    origins.set(at, { file: file.name, pointer: path })
    const entries = (components[section] ??= {})
    entries[name] = copy
    for (const site of referenceSites({ components: { [section]: { [name]: copy } } })) rewrite(site, file, [])
  }

  const putInstead = (site: ReferenceSite, { at, located, within }: Part): void => {
    const { file, pointer: path, value } = located
    const identity = identityOf(site, located)
    if (within.includes(identity) || !isRecord(value)) {
      const why = isRecord(value) ? 'leads back to itself' : 'leads to no Path Item'
      tell(new UnfollowedReference(why, 'Name what is meant.'), site)
      return
    }
    delete site.holder['$ref']
    const added = Object.entries(value).filter(([key]) => !Object.hasOwn(site.holder, key))
    for (const [key, one] of added) {
      site.holder[key] = copyOf(one)
      origins.set(at + pointer(key), { file: file.name, pointer: path + pointer(key) })
    }
    const part = Object.fromEntries(added.map(([key]) => [key, site.holder[key]]))
    const prefix = pointer('paths', '/')
    for (const found of referenceSites({ paths: { '/': part } })) {
      const holder = found.holder === part ? site.holder : found.holder
      rewrite({ ...found, holder, pointer: at + found.pointer.slice(prefix.length) }, file, [...within, identity])
    }
  }

  const sites = referenceSites(document).filter(site => !isAdopted(site))
  for (const site of sites) rewrite(site, root, [])
  for (const part of parts) {
    if (part.instead) putInstead(part.instead, part)
    else putComponent(part)
  }
  const bundled = Object.keys(components).length > 0 ? { ...document, components } : document
  return { document: bundled, origins, findings: [...findings] }
}

type Sections = Record<string, Record<string, unknown>>

const sectionsOf = ({ components = {} }: Record<string, unknown>): Sections => components as Sections

const hasSections = ({ components = {} }: Record<string, unknown>): boolean =>
  isRecord(components) &&
  Object.values(sectionOf).every(name => components[name] === undefined || isRecord(components[name]))

// What YAML's aliases stand for is one object in several places, and may be an example in one and a schema in another.
const copyOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(copyOf)
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, copyOf(one)])) : value
}
