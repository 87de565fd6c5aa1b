import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRecord } from '../../src/contract/index.js'

/** A value, and whether it fits the schema of its group. */
export interface SuiteTest {
  readonly description: string
  readonly data: unknown
  readonly valid: boolean
}

/** A schema with its tests, as the JSON Schema Test Suite groups them. */
export interface SuiteGroup {
  /** The name of the file that it is in: mostly that of a keyword. */
  readonly keyword: string
  readonly description: string
  readonly schema: unknown
  readonly tests: readonly SuiteTest[]
}

/** A folder that isn't one of the suite. The message says why in one sentence. */
export class SuiteError extends Error {
  override readonly name = 'SuiteError'
}

/**
 * The groups of a draft of the suite: those of the files in its folder, which are required, and none of `optional/`.
 *
 * @throws {SuiteError}
 */
export const readSuite = (folder: string): SuiteGroup[] => {
  let names: string[]
  try {
    names = readdirSync(folder).filter(name => name.endsWith('.json'))
  } catch {
    throw new SuiteError(`There is no folder ${folder}.`)
  }
  if (names.length === 0) throw new SuiteError(`There are no tests in ${folder}.`)
  return names.sort().flatMap(name => groupsOf(join(folder, name), name.slice(0, -'.json'.length)))
}

const groupsOf = (file: string, keyword: string): SuiteGroup[] => {
  const groups: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (!Array.isArray(groups)) throw new SuiteError(`${file} isn't a list of groups.`)
  return groups.map((group: unknown): SuiteGroup => {
    if (!isRecord(group) || !Array.isArray(group['tests']) || group['schema'] === undefined) {
      throw new SuiteError(`${file} has a group without a schema and tests.`)
    }
    const tests = group['tests'].map((one: unknown): SuiteTest => {
      if (!isRecord(one) || typeof one['valid'] !== 'boolean')
        throw new SuiteError(`${file} has a test without \`valid\`.`)
      return { description: String(one['description']), data: one['data'], valid: one['valid'] }
    })
    return { keyword, description: String(group['description']), schema: withoutDialect(group['schema']), tests }
  })
}

/** The dialect of the suite, which is that of OpenAPI but for keywords that assert nothing. */
export const dialect = 'https://json-schema.org/draft/2020-12/schema'

const withoutDialect = (schema: unknown): unknown => {
  if (!isRecord(schema) || schema['$schema'] !== dialect) return schema
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== '$schema'))
}
