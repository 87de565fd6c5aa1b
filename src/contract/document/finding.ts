/** Something in the contract that can't work: where it stands, what is wrong, and what to do about it. */
export interface Finding {
  /** `openapi.yaml:LINE:COLUMN`, both counted from 1. */
  readonly place: string
  readonly what: string
  readonly todo: string
}

/** Tells where in the contract the thing stands that a JSON Pointer points to. */
export type PlaceOf = (path: string, part?: 'key' | 'value') => string

/** The contract can't be served. Carries every finding, not only the first; its message is the list, a line each. */
export class ContractError extends Error {
  override readonly name = 'ContractError'
  readonly findings: readonly Finding[]
  /** The files that it was read from, and those that should be there, by their paths from the contract's folder. */
  readonly files: readonly string[]

  constructor(findings: readonly Finding[], files: readonly string[] = []) {
    super(findings.map(({ place, what, todo }) => `${place}  ${what}  ${todo}`).join('\n'))
    this.findings = findings
    this.files = files
  }
}
