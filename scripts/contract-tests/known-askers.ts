import { existsSync, readFileSync } from 'node:fs'
import { parseDocument } from 'yaml'
import { isRecord } from '../../src/contract/index.js'
import type { KnownFields } from './credentials.js'

/**
 * By the name of whoever asks: `{ token }`, for bearer tokens and whatever else follows the name of a scheme in
 * `Authorization`, `{ apiKey }`, `{ username, password }` for Basic, or the fields of the login
 * that are others than in the example of that name. Where there are several schemes of a kind, a value by the name of
 * the scheme.
 */
export type KnownAskers = Readonly<Record<string, KnownFields>>

/**
 * Reads who asks from a file of YAML or JSON: `johndoe: { username: …, password: … }` or `johndoe: { token: … }`.
 *
 * @throws {TypeError} that says what the file has to look like
 */
export const readKnownAskers = (file: string): KnownAskers => {
  if (!existsSync(file)) throw new TypeError(`CONTRACT_USERS names a file that doesn't exist: ${file}.`)
  const document = parseDocument(readFileSync(file, 'utf8'), { prettyErrors: false }) // pretty ones quote the file
  if (document.errors.length > 0)
    throw new TypeError(`CONTRACT_USERS names a file that isn't well-formed YAML: ${file}.`)
  const askers: unknown = document.toJS()
  const isAsker = (fields: unknown): fields is KnownFields =>
    isRecord(fields) && Object.values(fields).every(value => typeof value === 'string')
  if (!isRecord(askers) || !Object.values(askers).every(isAsker)) {
    throw new TypeError(`${file} has to give texts by the names of examples: johndoe: { username: …, password: … }.`)
  }
  return askers as KnownAskers
}
