import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { ContractError, type Finding } from './finding.js'
import { isRecord } from './record.js'
import { parseText } from './source-text.js'

/** A file that a contract is written in, or a part of it. */
export interface SourceFile {
  /** Its path from the folder of the contract, with slashes. It is what messages call it, too. */
  readonly name: string
  readonly document: unknown
}

/** A reference that can't be followed, and why: what is wrong in the file that it leads to, or with itself. */
export class UnfollowedReference extends Error {
  override readonly name = 'UnfollowedReference'
  readonly todo: string
  /** What is wrong in the other file, if that is why. */
  readonly findings: readonly Finding[]

  constructor(what: string, todo: string, findings: readonly Finding[] = []) {
    super(what)
    this.todo = todo
    this.findings = findings
  }
}

/** The files of a contract: each is read and parsed once, when the first reference leads to it. */
export interface SourceFiles {
  /**
   * What a relative reference without its fragment leads to from a file.
   *
   * @throws {UnfollowedReference}
   */
  readonly open: (reference: string, from: SourceFile) => SourceFile
  /** The texts of all but the contract itself that has been read, by their names. */
  readonly texts: ReadonlyMap<string, string>
  /** The names of all that has been asked for, that of the contract first, also of what couldn't be read. */
  readonly names: () => readonly string[]
}

/** The files in and below a folder, by their references. The contract itself is known already. */
export const createSourceFiles = (folder: string, root: SourceFile): SourceFiles => {
  const texts = new Map<string, string>()
  const opened = new Map<string, SourceFile | UnfollowedReference>([[root.name, root]])
  const read = (name: string): SourceFile | UnfollowedReference => {
    try {
      const text = readFileSync(join(folder, name), 'utf8')
      texts.set(name, text)
      return { name, document: parseText(text, name) }
    } catch (error) {
      return unread(name, error)
    }
  }
  return {
    open: (reference, from) => {
      const name = nameOf(reference, from.name)
      const file = opened.get(name) ?? read(name)
      opened.set(name, file)
      if (file instanceof UnfollowedReference) throw file
      return file
    },
    texts,
    names: () => [...opened.keys()]
  }
}

const nameOf = (reference: string, from: string): string => {
  const name = posix.normalize(posix.join(posix.dirname(from), decoded(reference)))
  if (reference.startsWith('/') || name === '..' || name.startsWith('../')) {
    throw new UnfollowedReference("leads out of the contract's folder", 'Put what it names into that folder.')
  }
  return name
}

const decoded = (reference: string): string => {
  try {
    return decodeURIComponent(reference)
  } catch {
    return reference
  }
}

const unread = (name: string, error: unknown): UnfollowedReference => {
  if (error instanceof ContractError) {
    return new UnfollowedReference(`leads to ${name}, which can't be read`, 'Mend that file.', error.findings)
  }
  const code = isRecord(error) ? String(error['code'] ?? error['message']) : ''
  const why = code === 'ENOENT' || code === 'ENOTDIR' ? "which isn't there" : `which can't be read: ${code}`
  return new UnfollowedReference(`leads to ${name}, ${why}`, 'Check its spelling, or put the file there.')
}
