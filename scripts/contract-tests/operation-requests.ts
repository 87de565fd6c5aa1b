import * as fc from 'fast-check'
import {
  type Contract,
  isRecord,
  type OperationObject,
  requestBodyOf,
  type RequestBodyAt
} from '../../src/contract/index.js'
import type { Sent } from './client.js'
import type { PartValidator } from './part-validator.js'
import { requestOf, type RequestValues } from './request.js'
import { typesOf, viewOf } from '../contract-diff/schema-view.js'
import { lazily } from './lazily.js'
import { patiently } from './patiently.js'
import { partsOf, type RequestPart } from './request-parts.js'
import { type Rule, rulesOf } from './rules.js'
import { extraFields } from './extra-fields.js'
import { valueArbitrary } from './values.js'

/** The requests to one operation that are as the contract says. */
export class OperationRequests {
  readonly contract: Contract
  readonly parts: readonly RequestPart[]
  readonly body: RequestBodyAt | undefined
  readonly #object: OperationObject
  readonly #validator: PartValidator

  constructor(contract: Contract, object: OperationObject, validator: PartValidator) {
    this.contract = contract
    this.parts = partsOf(contract, object)
    this.body = requestBodyOf(contract, object)
    this.#object = object
    this.#validator = validator
  }

  /** The request with these values. */
  sent(values: RequestValues): Sent {
    return requestOf(this.contract, this.#object, values)
  }

  /** Valid requests: random ones, and those of the examples, with fields that the contract doesn't know of. */
  valid(): fc.Arbitrary<RequestValues> {
    return lazily(() =>
      this.#requests(part => fc.oneof({ weight: 4, arbitrary: this.#fitting(part) }, ...this.#examples(part)))
    )
  }

  /** A valid request, always the same. */
  any(): RequestValues {
    const [values] = fc.sample(this.valid(), { seed: 1, numRuns: 1 })
    return values ?? { parameters: {} }
  }

  /** A value that fits a part: its first example that does, or one that is always the same. */
  example(part: RequestPart): unknown {
    const fitting = part.examples.find(value => this.#validator.fits(part, value))
    return fitting ?? fc.sample(this.#fitting(part), { seed: 1, numRuns: 1 })[0]
  }

  /** Whether all values of a request are valid. */
  fits({ parameters, body }: RequestValues): boolean {
    return this.parts.every(part => {
      const { in: location, name } = part
      const value =
        location === 'body' ? (body?.mediaType === name ? body.value : undefined) : parameters[location]?.[name]
      return value === undefined || this.#validator.fits(part, value)
    })
  }

  /** Requests with values from elsewhere for one part, and all others valid. */
  with(part: RequestPart, values: fc.Arbitrary<unknown>): fc.Arbitrary<RequestValues> {
    return this.#requests(one => (one === part ? values : this.#fitting(one)), part)
  }

  /** The rules that a valid request keeps, as far as they say something of it. */
  kept({ parameters, body }: RequestValues): string[] {
    return this.parts.flatMap(part => {
      const { in: location, name } = part
      const value =
        location === 'body' ? (body?.mediaType === name ? body.value : undefined) : parameters[location]?.[name]
      if (value === undefined) return []
      const rules = rulesOf([part.schema]).filter(rule => concerns(rule, value))
      return [part.pointer, ...(part.required ? [part.requiredAt] : []), ...rules.map(rule => rule.pointer)]
    })
  }

  #requests(valuesOf: (part: RequestPart) => fc.Arbitrary<unknown>, forced?: RequestPart): fc.Arbitrary<RequestValues> {
    const optional = <T>(part: RequestPart, values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
      part.required || part === forced ? values : fc.option(values, { nil: undefined })
    const bodies = this.parts.filter(part => part.in === 'body' && (forced?.in !== 'body' || part === forced))
    const parameters = this.parts.filter(part => part.in !== 'body')
    const body = bodies.map(part => {
      const extra = part === forced ? fc.constant({}) : extraOf(part) // it might mend what is wrong with a value
      const whole = fc.tuple(valuesOf(part), extra).map(([value, more]) => ({
        mediaType: part.name,
        value: isRecord(value) ? { ...more, ...value } : value
      }))
      return optional(part, whole)
    })
    return fc
      .tuple(
        fc.tuple(...parameters.map(part => optional(part, valuesOf(part)))),
        body.length > 0 ? fc.oneof(...body) : fc.constant(undefined),
        extraOfQuery(parameters.filter(part => part.in === 'query'))
      )
      .map(([values, content, extra]): RequestValues => {
        const located: Record<string, Record<string, unknown>> = { query: { ...extra } }
        parameters.forEach((part, index) => {
          if (values[index] !== undefined) (located[part.in] ??= {})[part.name] = values[index]
        })
        return { parameters: located, ...(content && { body: content }) }
      })
  }

  #examples(part: RequestPart): { weight: number; arbitrary: fc.Arbitrary<unknown> }[] {
    const fitting = part.examples.filter(value => this.#validator.fits(part, value))
    return fitting.length === 0 ? [] : [{ weight: 1, arbitrary: fc.constantFrom(...fitting) }]
  }

  #fitting(part: RequestPart): fc.Arbitrary<unknown> {
    const complaint = `No value was found that fits the schema at ${this.contract.place(part.schema.pointer, 'key')}.`
    const values = valueArbitrary([part.schema], { writing: part.writing })
    return patiently(values, value => this.#validator.fits(part, value), complaint)
  }
}

// Keywords that don't forbid fields which a schema doesn't name.
const harmless = new Set(['type', 'required', 'minProperties'])

// The fields of an exploded object are among all others, which may be taken for its own.
const extraOfQuery = (query: readonly RequestPart[]): fc.Arbitrary<Record<string, string>> => {
  const isSpread = ({ writing, schema }: RequestPart): boolean =>
    writing.kind === 'text' && writing.style.explode && typesOf(viewOf([schema])).has('object')
  return query.some(isSpread) ? fc.constant({}) : extraFields(query.map(({ name }) => name))
}

const extraOf = ({ schema }: RequestPart): fc.Arbitrary<Record<string, string>> => {
  const rules = rulesOf([schema])
  const closed = rules.some(({ keyword: name, path }) => path.length === 0 && !harmless.has(name))
  return closed ? fc.constant({}) : extraFields(rules.map(({ path: [name] }) => String(name)))
}

const concerns = ({ path }: Rule, value: unknown): boolean => {
  let at = value
  for (const token of path) at = typeof at === 'object' && at !== null ? (Reflect.get(at, token) as unknown) : undefined
  return at !== undefined
}
