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
}

/** A part of the contract and how often each of its ways was gone. */
export interface CoveredItem extends CoverageItem {
  readonly hits: Readonly<Partial<Record<Way, number>>>
}

/** What of a contract has been tried, in the order in which it was added. */
export class Coverage {
  readonly #items = new Map<string, { readonly item: CoverageItem; readonly hits: Partial<Record<Way, number>> }>()

  /** Adds a part, untried. */
  add(item: CoverageItem): void {
    const key = keyOf(item)
    if (!this.#items.has(key)) this.#items.set(key, { item, hits: {} })
  }

  /** Counts that a part was tried. Parts that were never added are left alone. */
  hit(part: PartOfContract, way: Way): void {
    const found = this.#items.get(keyOf(part))
    if (found) found.hits[way] = (found.hits[way] ?? 0) + 1
  }

  /** Says why a way of a part can't be tried, after all. */
  excuse(part: PartOfContract, way: Way, why: string): void {
    const found = this.#items.get(keyOf(part))
    if (!found) return
    const ways = found.item.ways.filter(one => one !== way)
    this.#items.set(keyOf(part), { ...found, item: { ...found.item, ways, why } })
  }

  get items(): CoveredItem[] {
    return [...this.#items.values()].map(({ item, hits }) => ({ ...item, hits }))
  }

  /** The parts with a way that was never gone. */
  get missed(): CoveredItem[] {
    return this.items.filter(item => missedWays(item).length > 0)
  }
}

// An answer by its words, too: two answers may refer to the same one, and two media types to the same example.
const keyOf = ({ operation, pointer, answer = '' }: PartOfContract): string => `${operation} ${pointer} ${answer}`

/** The ways of a part that were never gone. */
export const missedWays = ({ ways, hits }: CoveredItem): Way[] => ways.filter(way => (hits[way] ?? 0) === 0)

/** How many of the ways of some parts were gone, and how many there are. */
export const shareOf = (items: readonly CoveredItem[]): { readonly gone: number; readonly all: number } => {
  const all = items.reduce((sum, { ways }) => sum + ways.length, 0)
  return { gone: all - items.reduce((sum, item) => sum + missedWays(item).length, 0), all }
}
