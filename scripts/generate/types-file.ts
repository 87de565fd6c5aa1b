import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Contract } from '../../src/contract/index.js'
import { typesOf } from './types.js'

const ownFile = fileURLToPath(new URL('../../generated/openapi.d.ts', import.meta.url))

/** The types of a contract, and whether a file, by default `generated/openapi.d.ts`, has them already. */
export const compareTypes = async (
  contract: Contract,
  file = ownFile
): Promise<{ readonly types: string; readonly same: boolean }> => {
  const types = typesOf(contract)
  return { types, same: types === (await readFile(file, 'utf8').catch(() => '')) }
}

/** Writes the types of a contract to a file unless it has them. Says whether it has written. */
export const updateTypes = async (contract: Contract, file = ownFile): Promise<boolean> => {
  const { types, same } = await compareTypes(contract, file)
  if (same) return false
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, types)
  return true
}
