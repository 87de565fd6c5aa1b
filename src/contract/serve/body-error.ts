/** Why a body can't leave: what is wrong, and the pointer of the rule that says so. Nothing of the body's values. */
export class BodyError extends Error {
  override readonly name = 'BodyError'
  readonly rule: string

  constructor(what: string, rule: string) {
    super(what)
    this.rule = rule
  }
}
