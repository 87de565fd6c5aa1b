import type { Contract } from '../../src/contract/index.js'
import { type CoveredItem, missedWays, shareOf, type Way } from './coverage.js'

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const share = (items: readonly CoveredItem[]): string => {
  const [percent, count] = shareOf(items)
  return `<b>${percent.replace(' ', '&nbsp;')}</b> ${count}`
}

const counted = ({ ways, hits, why, words, operation }: CoveredItem): string => {
  const counts = ways.map((way: Way) => `${way} ${hits[way] ?? 0}×`)
  return `${operation}: ${words}: ${counts.join(', ')}${why === undefined ? '' : `; ${why}`}`
}

/** By its line, what the tests tried of each line of a contract. */
const byLine = (contract: Contract, items: readonly CoveredItem[]): Map<number, CoveredItem[]> => {
  const lines = new Map<number, CoveredItem[]>()
  for (const item of items) {
    const [, line] = /:(\d+):\d+$/.exec(contract.place(item.pointer, 'key')) ?? []
    lines.set(Number(line), [...(lines.get(Number(line)) ?? []), item])
  }
  return lines
}

const rowOf = (text: string, number: number, items: readonly CoveredItem[]): string => {
  const missed = items.some(item => missedWays(item).length > 0)
  const state = items.length === 0 ? '' : missed ? ' class="missed"' : ' class="tried"'
  const hits = items.flatMap(({ ways, hits: of }) => ways.map(way => of[way] ?? 0))
  const least = hits.length === 0 ? '' : `${Math.min(...hits)}×`
  const title = items.length === 0 ? '' : ` title="${escaped(items.map(counted).join('\n'))}"`
  const note = items
    .filter(item => missedWays(item).length > 0)
    .map(item => `${item.words}: never ${missedWays(item).join(' nor ')}`)
    .join('; ')
  const noted = note === '' ? '' : `<i>  ← ${escaped(note)}</i>`
  return `<tr id="L${number}"${state}${title}><th>${number}</th><td>${least}</td><td><pre>${escaped(text)}${noted}</pre></td></tr>`
}

const style = `
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
th, td { padding: 0 .7em; text-align: right; font: 12px/1.6 ui-monospace, monospace; color: GrayText; vertical-align: top }
td:last-child { text-align: left; width: 100%; color: CanvasText; white-space: pre-wrap }
pre { margin: 0; font: inherit; white-space: pre-wrap }
tr.tried td { background: light-dark(#e2f6e4, #123618) }
tr.missed td { background: light-dark(#fde2e0, #4a1512) }
tr.missed i { color: light-dark(#a01010, #ff9a92); font-style: normal }
a { color: inherit }
p b { font-size: 1.4em }`

/**
 * A page with the contract itself, line by line: green where the tests reached an answer or tried a rule both ways, red
 * where they didn't, with the number of times before it and the rest in the line's title. It needs no other file.
 */
export const coveragePage = (contract: Contract, items: readonly CoveredItem[]): string => {
  const lines = byLine(contract, items)
  const answers = items.filter(({ kind }) => kind === 'answer')
  const rules = items.filter(({ kind }) => kind === 'rule')
  const missed = [...lines].filter(([, of]) => of.some(item => missedWays(item).length > 0)).map(([line]) => line)
  const links = missed.map(line => `<a href="#L${line}">line ${line}</a>`).join(', ')
  const rows = contract.text
    .replace(/\n$/, '')
    .split('\n')
    .map((text, index) => rowOf(text, index + 1, lines.get(index + 1) ?? []))
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Contract coverage</title>
<style>${style}</style>
<h1>Contract coverage</h1>
<p>${share(answers)} of the answers, by operation, status, media type and example
<p>${share(rules)} of the rules of requests, accepted and refused
${links === '' ? '' : `<p>Never tried: ${links}`}
<table>
${rows.join('\n')}
</table>
</html>
`
}
