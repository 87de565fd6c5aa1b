/** What a security handler says of itself. */
export interface SecurityCode {
  /** The kind of its scheme: see `securityKind`. */
  readonly kind: string
  /** The statuses with which it refuses. */
  readonly refusals: readonly number[]
  /** How it gets a client's certificate, if it does. */
  readonly certificate?: unknown
}

/** What the code brings to a contract, by name. */
export interface Code {
  /** The handlers of operations, by their operationIds. */
  readonly operations: Readonly<Record<string, unknown>>
  /** The handlers of security schemes. */
  readonly security: Readonly<Record<string, SecurityCode>>
}
