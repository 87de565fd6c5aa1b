import {
  type Contract,
  isRecord,
  type Node,
  type OperationObject,
  operationsOf,
  pointerOfFragment,
  valueAt
} from '../../src/contract/index.js'

/** What stands at the end of a reference, in both contracts. */
interface Target {
  /** Whether it is written the same in both, whatever its own references lead to. */
  readonly isSame: boolean
  /** The references in it. */
  readonly references: ReadonlySet<string>
}

/**
 * Says which parts of two contracts are the same, with all that they refer to. Most of what is compared is: an edit of one
 * of 1,100 operations takes 0.3 s to tell with this, and took 11 s without.
 */
class Sameness {
  readonly #before: Contract
  readonly #after: Contract
  readonly #targets = new Map<string, Target>()
  /** References that are known to lead to what is the same, all the way. */
  readonly #same = new Set<string>()

  constructor(before: Contract, after: Contract) {
    this.#before = before
    this.#after = after
  }

  of(before: unknown, after: unknown): boolean {
    const references = new Set<string>()
    return isWrittenTheSame(before, after, references) && this.#leadToTheSame(references)
  }

  #leadToTheSame(references: ReadonlySet<string>): boolean {
    const seen = new Set(references)
    for (const reference of seen) {
      if (this.#same.has(reference)) continue
      const target = this.#targetOf(reference)
      if (!target.isSame) return false
      for (const one of target.references) seen.add(one)
    }
    for (const reference of seen) this.#same.add(reference)
    return true
  }

  #targetOf(reference: string): Target {
    const known = this.#targets.get(reference)
    if (known) return known
    const references = new Set<string>()
    const [before, after] = [this.#before, this.#after].map(contract => valueOf(contract, reference))
    const target = { isSame: before !== undefined && isWrittenTheSame(before, after, references), references }
    this.#targets.set(reference, target)
    return target
  }
}

const valueOf = (contract: Contract, reference: string): unknown => {
  const path = pointerOfFragment(reference)
  return path === '' || path.startsWith('/') ? valueAt(contract.document, path) : undefined // a name of another kind
}

// Any text that begins as a reference does counts as one: discriminators have them, too, without `$ref`.
const isWrittenTheSame = (before: unknown, after: unknown, references: Set<string>): boolean => {
  if (before === after) {
    if (typeof before === 'string' && before.startsWith('#')) references.add(before)
    return true
  }
  if (Array.isArray(before)) {
    return (
      Array.isArray(after) &&
      before.length === after.length &&
      before.every((one, index) => isWrittenTheSame(one, after[index], references))
    )
  }
  if (!isRecord(before) || !isRecord(after)) return false
  const names = Object.keys(before)
  return (
    names.length === Object.keys(after).length &&
    names.every(name => Object.hasOwn(after, name) && isWrittenTheSame(before[name], after[name], references))
  )
}

const known = new WeakMap<Contract, WeakMap<Contract, Sameness>>()

const samenessOf = (before: Contract, after: Contract): Sameness => {
  const others = known.get(before) ?? new WeakMap<Contract, Sameness>()
  known.set(before, others)
  const sameness = others.get(after) ?? new Sameness(before, after)
  others.set(after, sameness)
  return sameness
}

/** Whether some nodes of one contract are the same as some of another, in the same order, with all that they refer to. */
export const areSame = (before: readonly Node[], after: readonly Node[]): boolean =>
  before.length === after.length &&
  before.every((old, index) => {
    const now = after[index]
    return now !== undefined && samenessOf(old.contract, now.contract).of(old.value, now.value)
  })

/** The operations of a contract that another one doesn't have as they are, with all that they refer to. */
export const changedOperations = (before: Contract, after: Contract): OperationObject[] => {
  const known = new Set(operationsOf(before).map(({ pointer }) => pointer))
  const nodesOf = (contract: Contract, { pointer: at }: OperationObject): Node[] => {
    const item = contract.resolve(at.slice(0, at.lastIndexOf('/')))
    const parameters = isRecord(item.value) ? item.value['parameters'] : undefined
    return [contract.resolve(at).value, parameters].map(value => ({ contract, pointer: at, value }))
  }
  return operationsOf(after).filter(
    one => !known.has(one.pointer) || !areSame(nodesOf(before, one), nodesOf(after, one))
  )
}
