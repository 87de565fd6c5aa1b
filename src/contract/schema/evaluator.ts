import type { Check, Violation } from './check.js'
import { Evaluated } from './evaluated.js'
import { received } from './received.js'
import { type Resource, SchemaChecks } from './schema-checks.js'
import { sendable } from './sendable.js'
import { reaches } from './reachable.js'
import type { Direction } from './unwanted.js'

/** A value that keeps its schema, as the one who gets it sees it; or the rules that it breaks. */
export type Outcome = { readonly value: unknown } | { readonly violations: readonly Violation[] }

/**
 * Says what the schemas of a document mean: JSON Schema 2020-12 with the formats of JSON Schema and OpenAPI, which
 * assert. Requests, replies, mocks and examples all go by it. Values must be JSON values. Schemas are named by their
 * JSON Pointers.
 */
export class Evaluator {
  readonly checks: SchemaChecks
  readonly #document: unknown

  constructor(document: unknown, resources: readonly Resource[] = []) {
    this.#document = document
    this.checks = new SchemaChecks(document, resources)
  }

  /** Whether a value keeps a schema. */
  isValid(at: string, value: unknown, direction?: Direction): boolean {
    return this.checks.of(at, true, direction)(value, undefined, undefined)
  }

  /** The rules of a schema that a value breaks, up to `mostViolations`. */
  violations(at: string, value: unknown, direction?: Direction): readonly Violation[] {
    const told: Violation[] = []
    this.checks.of(at, true, direction)(value, told, undefined)
    return told
  }

  /**
   * Makes what tells, of values that a client sends, what the server gets: them without `readOnly` properties, and, once
   * they are found valid, with the defaults of the properties that are missing. Changes values in place.
   */
  receiver(at: string): (value: unknown) => Outcome {
    const check: Check = this.checks.of(at, true, 'request')
    const isShaped = reaches(this.#document, at, shapes)
    return value => {
      const evaluated = isShaped ? new Evaluated(true) : undefined
      if (!check(value, undefined, evaluated)) return { violations: this.violations(at, value, 'request') }
      return { value: evaluated ? received(value, evaluated) : value }
    }
  }

  /**
   * What leaves of a reply: what no schema names, and what only clients write, is left out. `undefined` if the reply
   * doesn't keep its schema, or what is left of it doesn't.
   */
  leaving(at: string, value: unknown): { readonly value: unknown } | undefined {
    const check = this.checks.of(at, true, 'reply')
    const evaluated = new Evaluated(true)
    if (!check(value, undefined, evaluated)) return undefined
    const rest = sendable(value, evaluated)
    return check(rest, undefined, undefined) ? { value: rest } : undefined
  }
}

const shapes = (schema: Readonly<Record<string, unknown>>): boolean =>
  Object.hasOwn(schema, 'default') || schema['readOnly'] === true
