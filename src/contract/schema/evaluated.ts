/**
 * What the schemas that a value keeps say of its properties and items (JSON Schema 2020-12 §7.7.1): for
 * `unevaluatedProperties` and `unevaluatedItems`, and, where it is deep, for what is made of the value afterwards:
 * defaults filled in, fields dropped that no schema names.
 */
export class Evaluated {
  /** Whether what is below the properties and items is of interest, too. */
  readonly deep: boolean
  /** The properties that a schema speaks of, with what is known below those that are objects or lists. */
  readonly names = new Map<string, Evaluated | undefined>()
  /** The items before this index. */
  items = 0
  /** Other items, by their index: those that `contains` found. */
  found: Set<number> | undefined
  /** What is known below the items, by their index. */
  below: Map<number, Evaluated> | undefined
  /** Whether a schema names properties by `properties`: if none does, an object is free-form. */
  isClosed = false
  /** Properties that may leave although no schema that holds speaks of them: those of an `if`, or of `required`. */
  mentioned: Set<string> | undefined
  /** Defaults of properties that are missing. */
  defaults: Map<string, unknown> | undefined
  /** Properties that aren't for the one who gets the value: `readOnly` in a request, `writeOnly` in a reply. */
  unwanted: Set<string> | undefined

  constructor(deep: boolean) {
    this.deep = deep
  }

  /** One for a schema that may turn out not to hold: what it says counts only once it is merged. */
  fork(): Evaluated {
    return new Evaluated(this.deep)
  }

  /** The same, which can be added to without adding to this one. */
  copy(): Evaluated {
    const copy = this.fork()
    copy.merge(this)
    for (const [name, below] of copy.names) copy.names.set(name, below?.copy())
    for (const [index, below] of copy.below ?? []) copy.below?.set(index, below.copy())
    return copy
  }

  /** A property that a schema speaks of. The result takes what is said below it. */
  name(name: string, value: unknown): Evaluated | undefined {
    let below = this.names.get(name)
    if (below === undefined) {
      below = this.deep && isStructured(value) ? new Evaluated(true) : undefined
      this.names.set(name, below)
    }
    return below
  }

  /** What takes what is said below an item. */
  item(index: number, value: unknown): Evaluated | undefined {
    if (!this.deep || !isStructured(value)) return undefined
    let below = this.below?.get(index)
    if (below === undefined) (this.below ??= new Map<number, Evaluated>()).set(index, (below = new Evaluated(true)))
    return below
  }

  /** A property that may leave, whether a schema speaks of it or not. */
  mention(name: string): void {
    ;(this.mentioned ??= new Set()).add(name)
  }

  /** A property that isn't for the one who gets the value. */
  unwant(name: string): void {
    ;(this.unwanted ??= new Set()).add(name)
  }

  /** Adds what another says. */
  merge(other: Evaluated): void {
    for (const [name, below] of other.names) {
      const known = this.names.get(name)
      if (known && below) known.merge(below)
      else this.names.set(name, known ?? below)
    }
    for (const [index, below] of other.below ?? []) {
      const known = this.below?.get(index)
      if (known) known.merge(below)
      else (this.below ??= new Map<number, Evaluated>()).set(index, below)
    }
    this.items = Math.max(this.items, other.items)
    this.isClosed ||= other.isClosed
    for (const index of other.found ?? []) (this.found ??= new Set()).add(index)
    for (const name of other.mentioned ?? []) this.mention(name)
    for (const name of other.unwanted ?? []) this.unwant(name)
    for (const [name, value] of other.defaults ?? []) {
      const defaults = (this.defaults ??= new Map<string, unknown>())
      if (!defaults.has(name)) defaults.set(name, value)
    }
  }

  /** The names in another count as mentioned: those of an `if`, which speaks of them even where it doesn't hold. */
  mentionAllOf(other: Evaluated): void {
    for (const name of other.names.keys()) this.mention(name)
    this.isClosed ||= other.isClosed
  }
}

const isStructured = (value: unknown): boolean => typeof value === 'object' && value !== null
