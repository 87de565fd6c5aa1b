/** What the code brings to a contract, by name. */
export interface Code {
  /** The handlers of operations, by their operationIds. */
  readonly operations: Readonly<Record<string, unknown>>
  /** The handlers of security schemes, and the statuses with which they refuse. */
  readonly security: Readonly<Record<string, { readonly refusals: readonly number[] }>>
}
