/** A fault that a programmer could make in one place of the code. */
export interface SourceFault {
  /** The file, relative to the project's root. */
  readonly file: string
  /** What stands there: exactly once in the file. */
  readonly from: string
  readonly to: string
  /** What is then the case, in a few words. */
  readonly what: string
}

/** Faults in one file, each written as `[what, from, to]`. */
export const faultsOf = (
  file: string,
  ...faults: readonly (readonly [what: string, from: string, to: string])[]
): SourceFault[] => faults.map(([what, from, to]) => ({ file, from, to, what }))
