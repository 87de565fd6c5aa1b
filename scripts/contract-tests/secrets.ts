/** Values that no message may show: what real users log in with. */
export class Secrets {
  readonly #values = new Map<string, string>()

  /** @param name what is shown in its place, such as `password of johndoe` */
  add(value: string, name: string): void {
    if (value === '') return
    const form = new URLSearchParams({ value }).toString().slice('value='.length)
    for (const spelling of [value, form, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]) {
      this.#values.set(spelling, `<${name}>`)
    }
  }

  /** A text with each secret in it replaced by its name. */
  hide(text: string): string {
    const longestFirst = [...this.#values].sort(([a], [b]) => b.length - a.length) // one may be part of another
    return longestFirst.reduce((hidden, [value, name]) => hidden.replaceAll(value, name), text)
  }
}
