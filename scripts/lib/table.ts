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

const linesOf = (cell: Cell): readonly [string, string] => (typeof cell === 'string' ? [cell, ''] : cell)

/**
 * A table as text, the first column aligned left and all others right. A row of two cells is a name and a remark,
 * which runs on over the columns.
 */
export const tableOf = (header: readonly string[], rows: readonly (readonly Cell[])[]): string => {
  const widths = header.map((title, column) => {
    const cells = rows
      .filter(row => row.length === header.length || column === 0)
      .map(row => linesOf(row[column] ?? ''))
    return Math.max(title.length, ...cells.flat().map(text => text.length))
  })
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, column) => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd()
  const body = rows.flatMap(row => {
    if (row.length !== header.length) {
      const [name = '', remark = ''] = row.map(cell => linesOf(cell)[0])
      return [`${name.padEnd(widths[0] ?? 0)}  ${styled('red', remark)}`]
    }
    const below = row.map(cell => linesOf(cell)[1])
    return [line(row.map(cell => linesOf(cell)[0])), ...(below.some(Boolean) ? [styled('dim', line(below))] : [])]
  })
  return [styled('bold', line(header)), ...body].join('\n')
}
