import { isRecord, type Node, pointer } from '../../src/contract/index.js'
import type { BrokenKeyword, Judge } from './judge.js'
import { readValue, withDefaults } from './read-values.js'
import { isTellable, Repeated } from './style.js'
import type { RequestPart } from './request-parts.js'
import type { Rule } from './rules.js'

/** Tells whether the values of a part of a request fit its schema, and what they break. */
export class PartValidator {
  readonly #judge: Judge

  /** @param judge one of requests, which is ready before this is asked */
  constructor(judge: Judge) {
    this.#judge = judge
  }

  fits(part: RequestPart, value: unknown): boolean {
    return isWritable(part, value) && this.#accepts(part.schema, this.#read(part, value))
  }

  /**
   * Whether a value breaks a rule, and nothing elsewhere, in every way that a server may read it: as it is sent, and
   * with the defaults of what isn't, which JSON Schema Validation §9.2 leaves to it. What only one of them breaks is
   * mended by the other, and nobody's fault.
   */
  breaks(part: RequestPart, rule: Rule, value: unknown): boolean {
    if (hasRepeated(value)) return this.fits(part, onceEach(value)) // how it breaks the rule depends on the server
    if (!isWritable(part, value)) return false
    const read = this.#read(part, value)
    const broken = this.#judge.broken(part.schema.pointer, read)
    if (!isOnly(broken, rule)) return false
    return isOnly(this.#judge.broken(part.schema.pointer, withDefaults(read, [part.schema])), rule)
  }

  readonly #accepts = (schema: Node, value: unknown): boolean =>
    schema.value === true || this.#judge.accepts(schema.pointer, value, 'narrow')

  #read({ writing, schema }: RequestPart, value: unknown): unknown {
    return writing.kind === 'json' ? value : readValue(value, [schema], this.#accepts)
  }
}

// Whether a value can be sent so that nothing else can be read.
const isWritable = ({ writing }: RequestPart, value: unknown): boolean => {
  if (writing.kind === 'json') return true
  if (writing.kind === 'text') return isTellable(value, writing.style)
  const isFieldWritable = ([name, one]: [string, unknown]): boolean => {
    const field = writing.field(name)
    return field.kind === 'json' || isTellable(one, field.style)
  }
  return !isRecord(value) || Object.entries(value).every(isFieldWritable)
}

// Whether all that is broken is a rule, and what is in the value that breaks it.
const isOnly = (all: readonly BrokenKeyword[], { keyword: name, pointer: rule, path: tokens }: Rule): boolean => {
  const at = pointer(...(name === 'required' ? tokens.slice(0, -1) : tokens))
  if (name === 'required') {
    const isMissing = ({ path, missing }: BrokenKeyword): boolean =>
      path === at && missing.length === 1 && missing[0] === tokens.at(-1)
    return all.length > 0 && all.every(isMissing)
  }
  // What is surplus has no value of its own, in which something else could be wrong.
  if (/^(additional|unevaluated)P/.test(name)) {
    const isSurplus = (one: BrokenKeyword): boolean =>
      one.pointer === rule && (one.path === at || one.path.slice(0, one.path.lastIndexOf('/')) === at)
    return all.length > 0 && all.every(isSurplus)
  }
  const isWithin = ({ path }: BrokenKeyword): boolean => path === at || path.startsWith(`${at}/`)
  return all.every(isWithin) && all.some(one => one.pointer === rule)
}

const onceEach = (value: unknown): unknown => {
  if (value instanceof Repeated) return value.values[0]
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, onceEach(one)])) : value
}

const hasRepeated = (value: unknown): boolean =>
  value instanceof Repeated || (isRecord(value) && Object.values(value).some(one => one instanceof Repeated))
