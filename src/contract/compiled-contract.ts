import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { digestOf, type Source } from './contract-of.js'
import type { Origin } from './document/origin.js'
import { isRecord } from './document/record.js'
import type { Contract } from './openapi/contract.js'

interface CompiledContract extends Pick<Contract, 'digest' | 'files'> {
  readonly document: object
  readonly origins: readonly [pointer: string, origin: Origin][]
  readonly resources: readonly {
    readonly pointer: string
    readonly anchors: readonly [name: string, pointer: string][]
  }[]
}

/** A contract that has been parsed and found valid, in a form that is quick to read. See `readContract`. */
export const compileContract = ({ digest, files, origins, resources, document }: Contract): string => {
  const compiled: CompiledContract = {
    digest,
    files,
    origins: [...origins],
    resources: resources.map(({ pointer, anchors }) => ({ pointer, anchors: [...anchors] })),
    document
  }
  return JSON.stringify(compiled)
}

/**
 * What `compileContract` wrote of the files as they are now; `undefined` if they have changed since.
 *
 * @param text of the contract itself
 * @param folder of the contract, in which its other files are
 */
export const readCompiled = async (
  file: string,
  text: string,
  folder: string
): Promise<Omit<Source, 'text' | 'name'> | undefined> => {
  // Half a file, of a build that was stopped, is as good as none: the contract itself is still there to be read.
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'))
    if (!isRecord(value) || !isRecord(value['document'])) return undefined
    const { digest, files, origins, resources, document } = value as unknown as CompiledContract
    const texts = new Map(files.slice(1).map(name => [name, readFileSync(join(folder, name), 'utf8')]))
    if (digest !== digestOf(text, texts)) return undefined
    return {
      document,
      origins: new Map(origins),
      resources: resources.map(({ pointer, anchors }) => ({ pointer, anchors: new Map(anchors) })),
      texts
    }
  } catch {
    return undefined
  }
}
