import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import { targetOf, valueAt } from '../document/reference.js'
import { anyOfCheck, dependentSchemasCheck, ifCheck, notCheck, oneOfCheck } from './applicator-checks.js'
import { arrayChecks, containsCheck, itemsCheck, prefixItemsCheck } from './array-checks.js'
import { always, type Check, checkAll, teller } from './check.js'
import { declaredDefault } from './declared-default.js'
import { numberChecks } from './number-checks.js'
import {
  additionalPropertiesCheck,
  dependentRequiredCheck,
  objectChecks,
  patternPropertiesCheck,
  type Property,
  propertiesCheck,
  propertyNamesCheck,
  requiredCheck
} from './object-checks.js'
import { remembered } from './remembered.js'
import { regularExpression } from './regular-expression.js'
import { formatCheck, stringChecks } from './string-checks.js'
import { constCheck, enumCheck, typeCheck } from './type-checks.js'
import { type Direction, isUnwanted, unwantedNames } from './unwanted.js'
import { withUnevaluated } from './unevaluated-checks.js'

type Schema = Readonly<Record<string, unknown>>

/** A schema resource and its dynamic anchors (JSON Schema 2020-12 Core §8.2.2), by their names: where they stand. */
export interface Resource {
  readonly pointer: string
  readonly anchors: ReadonlyMap<string, string>
}

/** How a schema is looked at. */
interface View {
  /** Whether bounds, lengths, patterns and formats hold, too. Where they choose between alternatives they always do. */
  readonly bounds: boolean
  readonly direction: Direction | undefined
  /** The properties of the value at hand that aren't for the one who gets it. */
  readonly unwanted: ReadonlySet<string>
  /** Where the dynamic anchors lead that were met on the way here (§8.2.3.2). */
  readonly dynamic: ReadonlyMap<string, string>
}

const none: ReadonlySet<string> = new Set()
const nowhere: ReadonlyMap<string, string> = new Map()

const boundKeywords = new Set([
  ...Object.keys({ ...numberChecks, ...stringChecks, ...arrayChecks, ...objectChecks }),
  'format'
])

const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every(one => typeof one === 'string')

/**
 * Makes the checks of the schemas of a document: closures, one for each schema and way to look at it, made when they are
 * asked for, each once. Takes schemas as they are; what isn't one is found before.
 */
export class SchemaChecks {
  readonly #document: unknown
  readonly #resources: readonly Resource[]
  readonly #known = new Map<string, Check>()
  readonly #asked = {
    'with request': new Map<string, Check>(),
    'with reply': new Map<string, Check>(),
    'with either': new Map<string, Check>(),
    'without request': new Map<string, Check>(),
    'without reply': new Map<string, Check>(),
    'without either': new Map<string, Check>()
  } as const
  readonly #defaults = new Map<string, { readonly found: { readonly value: unknown } | undefined }>()
  /** The keys in `#known` of the schemas that are being made. */
  readonly #open = new Set<string>()
  /** Those of the schemas that lead back to themselves. */
  readonly #recursive = new Set<string>()
  /** How many values have been looked at that a recursive schema may have something to say of. */
  #round = 0

  constructor(document: unknown, resources: readonly Resource[] = []) {
    this.#document = document
    this.#resources = resources
  }

  /**
   * The check of the schema that a pointer points to.
   *
   * @param bounds whether bounds, lengths, patterns and formats hold, too
   * @param direction which way values go: without, `readOnly` and `writeOnly` say nothing
   * @throws {SyntaxError | PatternError} if a pattern can't be matched
   */
  of(at: string, bounds = true, direction?: Direction): Check {
    const asked = this.#asked[`${bounds ? 'with' : 'without'} ${direction ?? 'either'}`]
    const known =
      asked.get(at) ?? this.#counted(this.#below(at, { bounds, direction, unwanted: none, dynamic: nowhere }))
    asked.set(at, known)
    return known
  }

  #counted(check: Check): Check {
    if (this.#recursive.size === 0) return check
    return (value, told, evaluated) => {
      this.#round += 1
      return check(value, told, evaluated)
    }
  }

  /** The default of the schema at a pointer, or of what it refers to, unless it breaks that schema itself. */
  defaultOf(at: string): { readonly value: unknown } | undefined {
    const known = this.#defaults.get(at)
    if (known) return known.found
    const declared = declaredDefault(this.#document, at)
    const found = declared && this.of(at, true, 'request')(declared.value, undefined, undefined) ? declared : undefined
    this.#defaults.set(at, { found })
    return found
  }

  // Whether a default is valid can be asked only when all checks are made, because schemas can be recursive.
  #lateDefault(at: string): Property['preset'] {
    return declaredDefault(this.#document, at) && (() => this.defaultOf(at))
  }

  // The schema of a value of its own: a property, an item, or the whole.
  #below(at: string, view: View): Check {
    const unwanted = view.direction ? unwantedNames(this.#document, at, view.direction) : none
    return this.#inPlace(at, { ...view, unwanted })
  }

  // Another schema of the value at hand.
  #inPlace(at: string, view: View): Check {
    const dynamic = this.#entered(at, view.dynamic)
    const { bounds, direction = '', unwanted } = view
    const names = unwanted.size > 0 ? JSON.stringify([...unwanted]) : ''
    const anchors = dynamic.size > 0 ? JSON.stringify([...dynamic]) : ''
    const key = `${at}\n${bounds ? 'bounds' : ''} ${direction} ${names} ${anchors}`
    const known = this.#known.get(key)
    if (known) {
      if (this.#open.has(key)) this.#recursive.add(key)
      return known
    }
    // A schema may be asked for again while it is made, because schemas can be recursive.
    this.#known.set(key, (value, told, evaluated) => (this.#known.get(key) ?? always)(value, told, evaluated))
    this.#open.add(key)
    const made = this.#make(at, { ...view, dynamic })
    this.#open.delete(key)
    const check = this.#recursive.has(key) ? remembered(made, () => this.#round) : made
    this.#known.set(key, check)
    return check
  }

  #entered(at: string, dynamic: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    if (this.#resources.length === 0) return dynamic
    const around = this.#resources.filter(({ pointer: path }) => at === path || at.startsWith(`${path}/`))
    const [inmost] = around.sort((a, b) => b.pointer.length - a.pointer.length)
    return new Map([...(inmost?.anchors ?? []), ...dynamic]) // the outermost stays
  }

  #make(at: string, view: View): Check {
    const schema = valueAt(this.#document, at)
    if (schema === false) return (_value, told) => teller(at, 'false schema', 'boolean schema is false')(told)
    if (!isRecord(schema)) return always
    const checks = checkAll([...this.#asserting(schema, at, view), ...this.#applying(schema, at, view)])
    const properties = this.#leftover(schema, at, 'unevaluatedProperties', view)
    const items = this.#leftover(schema, at, 'unevaluatedItems', view)
    return properties === undefined && items === undefined ? checks : withUnevaluated(checks, { properties, items }, at)
  }

  #leftover(schema: Schema, at: string, keyword: string, view: View): Check | false | undefined {
    const leftover = schema[keyword]
    return leftover === undefined || leftover === false ? leftover : this.#below(at + pointer(keyword), view)
  }

  // The keywords that speak of the value alone.
  #asserting(schema: Schema, at: string, { bounds, unwanted }: View): Check[] {
    const checks: (Check | undefined)[] = []
    const { type, const: only, enum: values, required, dependentRequired, format } = schema
    if (type !== undefined) checks.push(typeCheck(type, `${at}/type`))
    if (only !== undefined) checks.push(constCheck(only, `${at}/const`))
    if (Array.isArray(values)) checks.push(enumCheck(values, `${at}/enum`))
    for (const keyword of bounds ? Object.keys(schema) : []) {
      if (!boundKeywords.has(keyword)) continue
      checks.push(boundCheck(keyword, schema[keyword], at + pointer(keyword)))
    }
    if (bounds && typeof format === 'string') checks.push(formatCheck(format, `${at}/format`))
    if (isStrings(required)) {
      const wanted = required.filter(name => !unwanted.has(name))
      if (wanted.length > 0) checks.push(requiredCheck(wanted, `${at}/required`))
    }
    if (isRecord(dependentRequired)) {
      checks.push(
        dependentRequiredCheck(dependentRequired as Record<string, readonly string[]>, `${at}/dependentRequired`)
      )
    }
    return checks.filter(check => check !== undefined)
  }

  // The keywords that hold schemas.
  #applying(schema: Schema, at: string, view: View): Check[] {
    const checks: Check[] = []
    const choosing: View = { ...view, bounds: true }
    const { $ref: ref, $dynamicRef: dynamicRef, allOf, anyOf, oneOf, not, if: condition, dependentSchemas } = schema
    const list = (keyword: string, schemas: readonly unknown[], as: View): Check[] =>
      schemas.map((_, index) => this.#inPlace(at + pointer(keyword, index), as))
    if (typeof ref === 'string') checks.push(this.#inPlace(targetOf(this.#document, ref), view))
    if (typeof dynamicRef === 'string') checks.push(this.#inPlace(this.#dynamicTarget(dynamicRef, view), view))
    if (Array.isArray(allOf)) checks.push(...list('allOf', allOf, view))
    this.#itemChecks(schema, at, view, checks)
    this.#propertyChecks(schema, at, view, checks)
    if (Array.isArray(anyOf)) checks.push(anyOfCheck(list('anyOf', anyOf, choosing), `${at}/anyOf`))
    if (Array.isArray(oneOf)) checks.push(oneOfCheck(list('oneOf', oneOf, choosing), `${at}/oneOf`))
    if (not !== undefined) checks.push(notCheck(this.#inPlace(`${at}/not`, choosing), `${at}/not`))
    if (condition !== undefined) {
      const [then, otherwise] = ['then', 'else'].map(keyword =>
        schema[keyword] === undefined ? always : this.#inPlace(at + pointer(keyword), view)
      )
      checks.push(ifCheck(this.#inPlace(`${at}/if`, choosing), then ?? always, otherwise ?? always))
    }
    if (isRecord(dependentSchemas)) {
      const names = Object.keys(dependentSchemas)
      const below = (name: string): Check => this.#inPlace(at + pointer('dependentSchemas', name), view)
      checks.push(dependentSchemasCheck(names.map(name => [name, below(name)] as const)))
    }
    return checks
  }

  #itemChecks(schema: Schema, at: string, view: View, checks: Check[]): void {
    const { prefixItems, items, contains, minContains = 1, maxContains } = schema
    const first = Array.isArray(prefixItems) ? prefixItems : []
    if (first.length > 0) {
      checks.push(prefixItemsCheck(first.map((_, index) => this.#below(at + pointer('prefixItems', index), view))))
    }
    if (items !== undefined) checks.push(itemsCheck(this.#below(`${at}/items`, view), first.length))
    if (contains !== undefined) {
      const check = this.#below(`${at}/contains`, { ...view, bounds: true })
      const max = typeof maxContains === 'number' ? maxContains : undefined
      checks.push(containsCheck(check, Number(minContains), max, `${at}/contains`))
    }
  }

  #propertyChecks(schema: Schema, at: string, view: View, checks: Check[]): void {
    const { properties, patternProperties, additionalProperties, propertyNames } = schema
    const names = isRecord(properties) ? Object.keys(properties) : []
    const patterns = isRecord(patternProperties)
      ? Object.keys(patternProperties).map(pattern => ({
          matches: regularExpression(pattern),
          check: this.#below(at + pointer('patternProperties', pattern), view),
          isUnwanted: isUnwanted(this.#document, at + pointer('patternProperties', pattern), view.direction)
        }))
      : []
    if (isRecord(properties)) {
      checks.push(
        propertiesCheck(
          names.map(name => ({
            name,
            check: this.#below(at + pointer('properties', name), view),
            preset: view.unwanted.has(name) ? undefined : this.#lateDefault(at + pointer('properties', name)),
            isUnwanted: view.unwanted.has(name)
          }))
        )
      )
    }
    if (patterns.length > 0) checks.push(patternPropertiesCheck(patterns))
    if (additionalProperties !== undefined) {
      const known = new Set(names)
      const isKnown = (name: string): boolean => known.has(name) || patterns.some(({ matches }) => matches(name))
      const path = `${at}/additionalProperties`
      const check = additionalProperties === false ? false : this.#below(path, view)
      const isForNobody = isUnwanted(this.#document, path, view.direction)
      checks.push(additionalPropertiesCheck({ isKnown, check, isUnwanted: isForNobody }, path))
    }
    if (propertyNames !== undefined) {
      checks.push(propertyNamesCheck(this.#below(`${at}/propertyNames`, view), `${at}/propertyNames`))
    }
  }

  #dynamicTarget(ref: string, { dynamic }: View): string {
    const initial = targetOf(this.#document, ref)
    for (const { anchors } of this.#resources) {
      for (const [name, at] of anchors) if (at === initial) return dynamic.get(name) ?? initial
    }
    return initial
  }
}

const isLimit = (value: unknown): value is number => typeof value === 'number'

const boundCheck = (keyword: string, value: unknown, rule: string): Check | undefined => {
  if (keyword === 'uniqueItems') return arrayChecks.uniqueItems(value === true, rule)
  if (keyword === 'pattern') return typeof value === 'string' ? stringChecks.pattern(value, rule) : undefined
  if (!isLimit(value)) return undefined
  const makers: Readonly<Record<string, (limit: number, rule: string) => Check>> = limitChecks
  return makers[keyword]?.(value, rule)
}

const limitChecks = {
  ...numberChecks,
  ...objectChecks,
  minLength: stringChecks.minLength,
  maxLength: stringChecks.maxLength,
  minItems: arrayChecks.minItems,
  maxItems: arrayChecks.maxItems
}
