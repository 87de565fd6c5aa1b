import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import { targetOf, valueAt } from '../document/reference.js'
import { applyingChecks, type Related } from './applying-keywords.js'
import { assertingChecks } from './asserting-keywords.js'
import { always, type Check, checkAll, teller } from './check.js'
import { declaredDefault } from './declared-default.js'
import type { Property } from './property-checks.js'
import { remembered } from './remembered.js'
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
    const checks = checkAll([...assertingChecks(schema, at, view), ...applyingChecks(schema, at, this.#related(view))])
    const properties = this.#leftover(schema, at, 'unevaluatedProperties', view)
    const items = this.#leftover(schema, at, 'unevaluatedItems', view)
    return properties === undefined && items === undefined ? checks : withUnevaluated(checks, { properties, items }, at)
  }

  #related(view: View): Related {
    const as = (choosing: 'choosing' | undefined): View => (choosing ? { ...view, bounds: true } : view)
    return {
      below: (at, choosing) => this.#below(at, as(choosing)),
      inPlace: (at, choosing) => this.#inPlace(at, as(choosing)),
      reference: ref => this.#inPlace(targetOf(this.#document, ref), view),
      dynamicReference: ref => this.#inPlace(this.#dynamicTarget(ref, view), view),
      unwanted: view.unwanted,
      isUnwanted: at => isUnwanted(this.#document, at, view.direction),
      preset: at => this.#lateDefault(at)
    }
  }

  #leftover(schema: Schema, at: string, keyword: string, view: View): Check | false | undefined {
    const leftover = schema[keyword]
    return leftover === undefined || leftover === false ? leftover : this.#below(at + pointer(keyword), view)
  }

  #dynamicTarget(ref: string, { dynamic }: View): string {
    const initial = targetOf(this.#document, ref)
    for (const { anchors } of this.#resources) {
      for (const [name, at] of anchors) if (at === initial) return dynamic.get(name) ?? initial
    }
    return initial
  }
}
