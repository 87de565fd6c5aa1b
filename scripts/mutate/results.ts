import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isRecord } from '../../src/contract/index.js'
import type { Killer } from './stages.js'

/** What came of an edit. */
export interface Result {
  /** What the edit is called: see `idOf`. */
  readonly id: string
  /** What has noticed it; `null` if nothing has. */
  readonly killer: Killer | null
  /** In which words. */
  readonly how: string
  readonly seconds: number
}

const sources = ['openapi.yaml', 'package.json', 'package-lock.json', 'tsconfig.json', 'src', 'test', 'scripts']

/** A hash of all that results depend on, as hexadecimal digits. */
export const digestOf = (root: string): string => {
  const hash = createHash('sha256')
  const add = (path: string): void => {
    const full = join(root, path)
    if (!existsSync(full) || path.includes('node_modules')) return
    if (statSync(full).isDirectory()) for (const name of readdirSync(full).sort()) add(join(path, name))
    else hash.update(`${path}\n`).update(readFileSync(full))
  }
  sources.forEach(add)
  return hash.digest('hex')
}

/** The results of a run and of those before it, in a file that is written as they come: a line of JSON each. */
export class Results {
  /** Whether there was a file, but of other sources. */
  readonly outdated: boolean
  readonly #file: string
  readonly #results = new Map<string, Result>()

  /** @param digest what the results depend on: those that depend on something else are thrown away */
  constructor(file: string, digest: string) {
    this.#file = file
    const [first, ...lines] = existsSync(file) ? readFileSync(file, 'utf8').split('\n').map(parsed) : []
    const usable = isRecord(first) && first['digest'] === digest
    this.outdated = first !== undefined && !usable
    for (const one of usable ? lines : []) if (isResult(one)) this.#results.set(one.id, one)
    // Written anew, because a run that was stopped may have left half a line.
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, [{ digest }, ...this.#results.values()].map(one => `${JSON.stringify(one)}\n`).join(''))
  }

  get(id: string): Result | undefined {
    return this.#results.get(id)
  }

  add(result: Result): void {
    this.#results.set(result.id, result)
    appendFileSync(this.#file, `${JSON.stringify(result)}\n`)
  }
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

// This program wrote it, or a run of it that was stopped: a line is whole, or no JSON.
const isResult = (value: unknown): value is Result => isRecord(value) && typeof value['id'] === 'string'
