import { styleText } from 'node:util'
import { wantsColours } from './colours.js'

/** A cell of a table: a text, and a second one that stands below it. */
export type Cell = string | readonly [text: string, below: string]

const colours = wantsColours(process.stdout)

/** Text in a style where it is printed to a terminal; as it is otherwise. */
export const styled = (style: 'bold' | 'dim' | 'red', text: string): string => (colours ? styleText(style, text) : text)

/** A number with thousands separated and so many decimals; a dash if it is none. */
export const number = (value: number, decimals: number): string =>
  Number.isFinite(value)
    ? value.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    : '–'

/** Rows of as many texts each as lines, the columns with these indexes aligned left and all others right. */
export const aligned = (rows: readonly (readonly string[])[], left: readonly number[]): string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => (row[column] ?? '').length)))
  const padded = (text: string, column: number): string =>
    left.includes(column) ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0)
  return rows.map(row => row.map(padded).join('  ').trimEnd())
}

/** A table as text, the first column aligned left and all others right. */
export const tableOf = (header: readonly string[], rows: readonly (readonly Cell[])[]): string => {
  const lines = rows.flatMap(row => [
    row.map(cell => (typeof cell === 'string' ? cell : cell[0])),
    row.map(cell => (typeof cell === 'string' ? '' : cell[1]))
  ])
  const [title = '', ...body] = aligned([header, ...lines], [0])
  const shown = body.map((text, index) => (text === '' || index % 2 === 0 ? text : styled('dim', text)))
  return [styled('bold', title), ...shown.filter(text => text !== '')].join('\n')
}
