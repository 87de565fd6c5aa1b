/** How a part of the contract can be tried: an answer is reached; a rule of a request accepts one and refuses another. */
export type Way = 'reached' | 'accepted' | 'refused'

/** What a part of the contract is known by. */
export interface PartOfContract {
  /** The method and the path template of its operation: `POST /token`. */
  readonly operation: string
  readonly pointer: string
  /** For an answer its status and its media type: `200 application/json`. */
  readonly answer?: string | undefined
}

/** A part of the contract that the tests have to try. */
export interface CoverageItem extends PartOfContract {
  readonly kind: 'answer' | 'rule'
  /** What it is: `200 application/json johndoe`, or the words of a rule. */
  readonly words: string
  readonly ways: readonly Way[]
  /** Why there is a way that can't be tried. */
  readonly why?: string | undefined
  /** Why some of the ways needn't be gone. */
  readonly excuses?: Readonly<Partial<Record<Way, string>>>
}

/** A part of the contract, how often each of its ways was gone, and why some of them needn't be. */
export interface CoveredItem extends CoverageItem {
  readonly hits: Partial<Record<Way, number>>
  readonly excuses: Partial<Record<Way, string>>
}

/** Something that wasn't tried, or less than it should be, though nothing is wrong. */
export interface LeftOut {
  readonly what: string
  readonly why: string
}

/** What of a contract has been tried, in the order in which it was added. */
export class Coverage {
  readonly #items = new Map<string, CoveredItem>()
  readonly #notes = new Map<string, LeftOut>()

  /** Adds a part, untried. */
  add(item: CoverageItem): void {
    const key = keyOf(item)
    if (!this.#items.has(key)) this.#items.set(key, { ...item, hits: {}, excuses: { ...item.excuses } })
  }

  /** Counts that a part was tried. Parts that were never added are left alone. */
  hit(part: PartOfContract, way: Way): void {
    const found = this.#items.get(keyOf(part))
    if (found) found.hits[way] = (found.hits[way] ?? 0) + 1
  }

  /** Says why a way of a part needn't be tried. It counts all the same if it is. */
  excuse(part: PartOfContract, way: Way, why: string): void {
    const found = this.#items.get(keyOf(part))
    if (found) found.excuses[way] = why
  }

  /** Says why a way of all rules of an operation needn't be tried. */
  excuseRules(operation: string, way: Way, why: string): void {
    for (const item of this.items) if (item.operation === operation && item.kind === 'rule') item.excuses[way] = why
  }

  /** Notes what else wasn't tried, or less than it should be. */
  note(what: string, why: string): void {
    this.#notes.set(what + why, { what, why })
  }

  get items(): CoveredItem[] {
    return [...this.#items.values()]
  }

  /** The parts with a way that was never gone. */
  get missed(): CoveredItem[] {
    return this.items.filter(item => missedWays(item).length > 0)
  }

  /** What wasn't tried, and why. */
  get leftOut(): LeftOut[] {
    const ofItems = this.items.flatMap(item =>
      excusedWays(item).map(way => ({ what: `${item.operation} ${item.words}`, why: item.excuses[way] ?? '' }))
    )
    return [...ofItems, ...this.#notes.values()]
  }
}

// An answer by its words, too: two answers may refer to the same one, and two media types to the same example.
const keyOf = ({ operation, pointer, answer = '' }: PartOfContract): string => `${operation} ${pointer} ${answer}`

const untriedWays = ({ ways, hits }: CoveredItem): Way[] => ways.filter(way => (hits[way] ?? 0) === 0)

/** The ways of a part that were never gone, and should have been. */
export const missedWays = (item: CoveredItem): Way[] => untriedWays(item).filter(way => item.excuses[way] === undefined)

/** The ways of a part that were never gone, and needn't be. */
export const excusedWays = (item: CoveredItem): Way[] =>
  untriedWays(item).filter(way => item.excuses[way] !== undefined)

/** How many of the ways of some parts were gone, those that needn't be gone among all: `97.5 %` and `39 of 40`. */
export const shareOf = (items: readonly CoveredItem[]): readonly [percent: string, count: string] => {
  const all = items.reduce((sum, { ways }) => sum + ways.length, 0)
  const gone = all - items.reduce((sum, item) => sum + untriedWays(item).length, 0)
  return [`${all === 0 ? 100 : Math.floor((1000 * gone) / all) / 10} %`, `${gone} of ${all}`]
}
