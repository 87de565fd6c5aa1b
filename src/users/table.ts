/** What terminals show two columns wide: East Asian characters, their full-width forms, and emoji. */
const wide =
  /^(?:[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\u3000-\u303e\u30a0-\u30ff\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|.\ufe0f)/u

const graphemes = new Intl.Segmenter()

/** How many columns of a terminal a text takes. */
export const widthOf = (text: string): number => {
  if (/^[ -~]*$/.test(text)) return text.length
  return Array.from(graphemes.segment(text)).reduce((sum, { segment }) => sum + (wide.test(segment) ? 2 : 1), 0)
}

/** A cell that is wider sticks out, rather than pull all others apart. */
const widest = 40

/** Aligns rows that come in pages: a column that has become wide stays so. */
export const createTable = (): ((rows: readonly (readonly string[])[]) => string[]) => {
  const widths: number[] = []
  return rows => {
    for (const row of rows) {
      for (const [column, cell] of row.entries()) {
        widths[column] = Math.max(widths[column] ?? 0, Math.min(widest, widthOf(cell)))
      }
    }
    const padded = (cell: string, column: number): string =>
      cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)))
    return rows.map(row => row.map(padded).join('  ').trimEnd())
  }
}
