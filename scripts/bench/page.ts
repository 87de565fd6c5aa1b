import { escapedHtml, pageOf } from '../lib/page.js'
import { number } from '../lib/table.js'
import type { Measured } from './measure.js'
import { ratioIn, timed } from './report.js'
import type { Result } from './run.js'
import { spreadOf } from './statistics.js'

const style = `
h2 { margin: 2.5rem 0 0; break-after: avoid }
rect { fill: light-dark(#9db7de, #35517d) }
rect.this { fill: light-dark(#1f5fbf, #7fb2ff) }
line { stroke: light-dark(#222, #ddd); stroke-width: 1.5 }
svg text.name { fill: CanvasText }
svg text.this { font-weight: bold }
@media print { rect { print-color-adjust: exact } }`

const [width, height, left, right] = [960, 22, 300, 250]

/** How one server did: its name, a bar from zero to the median, the spread as a line across its end, and numbers. */
const barOf = (one: Measured, index: number, most: number, request: string, numbers: string): string => {
  const spread = spreadOf(one.series(request, 'cpu'))
  if (!spread) return ''
  const x = (value: number): string => (left + (value / most) * (width - left - right)).toFixed(1)
  const [top, middle, text] = [index * height + 3, index * height + height / 2, index * height + height / 2 + 4]
  const own = one.peer.name === 'this' ? ' this' : ''
  return `<text class="name${own}" x="${left - 8}" y="${text}" text-anchor="end">${escapedHtml(one.peer.title)}</text>
<rect class="bar${own}" x="${left}" y="${top}" width="${(Number(x(spread.median)) - left).toFixed(1)}" height="${height - 6}"/>
<line x1="${x(spread.min)}" x2="${x(spread.max)}" y1="${middle}" y2="${middle}"/>
<text class="name${own}" x="${width - right + 8}" y="${text}">${escapedHtml(numbers)}</text>`
}

const figureOf = ({ scenario, measured }: Result, request: string): string => {
  const all = timed(measured)
  const most = Math.max(...all.flatMap(({ series }) => series(request, 'cpu')))
  const bars = all.map((one, index) => {
    const ratios = scenario.ratios.flatMap(ratio => {
      const spread = ratioIn(ratio, one, all, request)
      return spread ? `${number(spread.median, 2)} ${ratio.to}` : []
    })
    const median = spreadOf(one.series(request, 'cpu'))?.median ?? NaN
    return barOf(one, index, most, request, [`${number(median, 1)} µs`, ...ratios].join(', '))
  })
  return `<figure><figcaption>${escapedHtml(request)} <span>CPU time for a request, median and range</span></figcaption>
<svg viewBox="0 0 ${width} ${all.length * height}" role="img" aria-label="${escapedHtml(request)}">
${bars.join('\n')}
</svg></figure>`
}

/** A page with all that was measured: a bar for each server's CPU time, with its spread, and the ratios. */
export const benchPage = (machine: string, results: readonly Result[]): string => {
  const content = results.flatMap(result => [
    `<h2>${escapedHtml(result.scenario.name)}</h2>`,
    ...result.scenario.exchanges.map(({ name }) => figureOf(result, name)),
    ...result.measured.flatMap(({ peer, problem }) =>
      problem === undefined ? [] : `<p>${escapedHtml(`${peer.title}: ${problem}`)}`
    )
  ])
  return pageOf({ title: 'Bench', machine, style, content })
}
