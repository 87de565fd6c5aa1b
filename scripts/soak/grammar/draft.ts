import type { KnownOperation } from './known.js'

/** What looks at a request, in this order: the first to refuse it decides the status. */
const stages = [
  'parser', // the grammar of HTTP: closes the connection
  'expectation', // Expect: closes the connection
  'head', // Host, request target, the number of headers: closes the connection
  'route', // path and method
  'security',
  'coding', // Content-Encoding
  'charset',
  'length',
  'text', // UTF-8
  'fields', // how many there are
  'form', // the schema
  'outcome' // what the handler makes of it
] as const
export type Stage = (typeof stages)[number]

const closing: ReadonlySet<Stage> = new Set(['parser', 'expectation', 'head'])
const afterBody: ReadonlySet<Stage> = new Set(['text', 'fields', 'form', 'outcome'])

/** A request that is being made, and what is known of how it has to be answered. */
export class Draft {
  method: string
  target: string
  version = '1.1'
  /** Header lines as they are sent, without their line ends. The first is `Host`. */
  lines: string[] = ['Host: soak.example']
  /** What comes before the request line, and between the lines. */
  before = ''
  lineEnd = '\r\n'
  /** As it is sent: in chunks, if it is so. */
  body = ''
  /** What has been done to it, in a few words. */
  readonly traits: string[] = []
  /** The operation, if the path and the method are its own. */
  readonly operation: KnownOperation | undefined
  readonly #refusals = new Map<Stage, { readonly trait: string; readonly statuses: readonly number[] }>()
  /** The statuses of what is wrong with the body as a message, which may be noticed before the answer or after it. */
  #ofFraming: { readonly trait: string; readonly statuses: readonly number[] } | undefined
  /** Whether the client asks for the connection to be closed; `undefined` if it can be understood either way. */
  asksToClose: boolean | undefined = false
  isContinued = false
  isChunked = false
  allow: readonly string[] | undefined

  constructor(method: string, target: string, operation?: KnownOperation) {
    this.method = method
    this.target = target
    this.operation = operation
  }

  /** Says that a stage refuses it, with one of some statuses; the first thing that is said of a stage stays. */
  refuse(stage: Stage, trait: string, ...statuses: readonly number[]): void {
    this.note(trait)
    if (!this.#refusals.has(stage)) this.#refusals.set(stage, { trait, statuses })
  }

  /** Takes back what stages refuse: they don't look at it. */
  forget(...passed: readonly Stage[]): void {
    for (const stage of passed) this.#refusals.delete(stage)
  }

  /** Says that its body ends wrongly: what reads bodies refuses that, what doesn't may have answered before. */
  breakBody(trait: string, ...statuses: readonly number[]): void {
    this.note(trait)
    this.#ofFraming = { trait, statuses }
  }

  note(trait: string): void {
    this.traits.push(trait)
  }

  /** The stage that decides. */
  get stage(): Stage {
    return stages.find(one => this.#refusals.has(one)) ?? 'outcome'
  }

  /** Whether its path isn't one that there is. */
  get isElsewhere(): boolean {
    return this.#refusals.has('route')
  }

  /** What decides, in a few words. */
  get reason(): string {
    const own = this.#refusals.get(this.stage)?.trait ?? ''
    return this.#ofFraming && !closing.has(this.stage) ? `${own}, ${this.#ofFraming.trait}` : own
  }

  /** Whether it gets as far as an operation, and the answer is that one's. */
  get isRouted(): boolean {
    return !this.isBroken && this.stage !== 'route'
  }

  get isRead(): boolean {
    if (this.operation === undefined || this.operation.body === 'none') return false
    return afterBody.has(this.stage) || (this.stage === 'length' && this.isChunked) // nobody knows how long it is
  }

  /** Whether bytes of this request, or after it, can't be told from the next one. */
  get isBroken(): boolean {
    return this.#ofFraming !== undefined || closing.has(this.stage)
  }

  get statuses(): readonly number[] {
    const own = this.#refusals.get(this.stage)?.statuses ?? []
    if (!this.#ofFraming || closing.has(this.stage)) return own
    return this.isRead ? this.#ofFraming.statuses : [...own, ...this.#ofFraming.statuses]
  }

  get closes(): boolean | undefined {
    if (closing.has(this.stage)) return true
    // Whether a body follows that the client wasn't asked for, nobody knows.
    return this.#ofFraming || (this.isContinued && !this.isRead) ? undefined : this.asksToClose
  }

  get head(): string {
    const lines = [`${this.method} ${this.target} HTTP/${this.version}`, ...this.lines, '', '']
    return this.before + lines.join(this.lineEnd)
  }
}
