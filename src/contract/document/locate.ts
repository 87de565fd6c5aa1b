import { pointer, pointerOfFragment, tokensOf } from './pointer.js'
import { childOf, isRecord } from './record.js'
import { type SourceFile, type SourceFiles, UnfollowedReference } from './source-files.js'

/** A value in a file, and the pointer to where it is really written there. */
export interface Located {
  readonly file: SourceFile
  readonly pointer: string
  readonly value: unknown
}

/** Whether a reference leads to another file, and not to a URL. */
export const isFileReference = (ref: string): boolean => !/^(?:#|\/\/|[a-z][a-z\d+.-]*:)/i.test(ref)

/** The `$ref` of an object, if it has one. */
export const refOf = (value: unknown): string | undefined => {
  const ref = isRecord(value) ? value['$ref'] : undefined
  return typeof ref === 'string' ? ref : undefined
}

/**
 * What a reference in a file leads to, in that file or in another one. A `$ref` on the way of its pointer is followed;
 * what stands at the end may be one itself.
 *
 * @throws {UnfollowedReference}
 */
export const locate = (files: SourceFiles, from: SourceFile, ref: string, seen = new Set<string>()): Located => {
  const hash = ref.indexOf('#')
  const address = hash === -1 ? ref : ref.slice(0, hash)
  const path = hash === -1 ? '' : pointerOfFragment(ref.slice(hash))
  if ((address !== '' && !isFileReference(address)) || (path !== '' && !path.startsWith('/'))) {
    throw new UnfollowedReference("can't be followed", 'Name a file, and a JSON Pointer into it behind `#`.')
  }
  const file = address === '' ? from : files.open(address, from)
  let at: Located = { file, pointer: '', value: file.document }
  for (const token of tokensOf(path)) {
    for (let next = refOf(at.value); next !== undefined; next = refOf(at.value)) {
      const here = `${at.file.name}#${at.pointer}`
      if (seen.has(here)) throw new UnfollowedReference('leads back to itself', 'Name what is meant.')
      seen.add(here)
      at = locate(files, at.file, next, seen)
    }
    at = { file: at.file, pointer: at.pointer + pointer(token), value: childOf(at.value, token) }
  }
  if (at.value === undefined) throw new UnfollowedReference('leads to nothing', 'Check its spelling.')
  return at
}
