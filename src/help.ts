import { settings } from './config.js'
import { fileVariableOf, type Setting } from './setting.js'
import type { styleOf } from './style.js'

/** The columns of the table that stand before its sentences. */
const header = ['setting', 'default']

/** A sentence needs so many columns of a terminal to be read, however narrow that is. */
const narrowest = 24

/** What `node dist/main.js --help` prints: every setting, in lines of so many columns. */
export const help = (columns: number, { bold, dim }: ReturnType<typeof styleOf>): string => {
  const all: readonly Setting<unknown>[] = Object.values(settings)
  const rows = all.map(({ name, fallback, isSecret }) => [name, isSecret || fallback === '' ? '–' : fallback])
  const widths = header.map((title, column) => Math.max(...[header, ...rows].map(row => (row[column] ?? title).length)))
  const before = (cells: readonly string[]): string =>
    cells.map((cell, column) => `${cell.padEnd(widths[column] ?? 0)}  `).join('')
  const indent = before(['', ''])
  const room = Math.max(narrowest, columns - indent.length)
  const lines = all.flatMap(({ name, fallback, says, takes }, index) => {
    const start = before(rows[index] ?? []).slice(name.length)
    const [first = '', ...others] = wrapped(says, room)
    const rest = wrapped(`It takes ${takes.replace(`, such as ${fallback}`, '')}.`, room).map(dim)
    return [`${bold(name)}${start}${first}`, ...[...others, ...rest].map(line => indent + line)]
  })
  const twins = all.flatMap(setting => fileVariableOf(setting) ?? []).join(' or ')
  return [
    'Usage: node dist/main.js',
    '',
    ...wrapped('Serves openapi.yaml. Settings are environment variables:', columns),
    '',
    bold(`${before(header)}what it is for`),
    ...lines,
    '',
    ...wrapped(`A secret may be in a file, one line of text, that ${twins} names.`, columns),
    ''
  ].join('\n')
}

/** Lines of at most so many characters, of which only a longer word makes one longer. */
const wrapped = (text: string, room: number): string[] => {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
