import { escapedHtml } from '../lib/page.js'
import { number } from '../lib/table.js'
import type { Phase } from './recorder.js'

/** One line of a chart. */
export interface Line {
  readonly name: string
  /** Points in the order of time; where there was nothing to measure, the line is broken. */
  readonly points: readonly (readonly [at: number, value: number | undefined])[]
}

/** Lines over time, in seconds, from zero up to their largest value. */
export interface Chart {
  readonly title: string
  readonly unit: string
  readonly lines: readonly Line[]
}

const [width, height, left, bottom, top] = [960, 180, 64, 22, 8]

const niceCeiling = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)))
  return power * ([1, 2, 2.5, 5, 10].find(step => step * power >= value) ?? 10)
}

/** Runs of points without a gap, each as what `points` of a polyline takes. */
const runsOf = ({ points }: Line, x: (at: number) => number, y: (value: number) => number): string[] => {
  const runs: string[][] = [[]]
  for (const [at, value] of points) {
    if (value === undefined || !Number.isFinite(value)) runs.push([])
    else runs.at(-1)?.push(`${x(at).toFixed(1)},${y(value).toFixed(1)}`)
  }
  return runs.filter(run => run.length > 0).map(run => (run.length === 1 ? [...run, ...run] : run).join(' '))
}

/** A chart as an SVG of its own, the phases as bands behind the lines; empty if there is nothing to show. */
export const chartOf = ({ title, unit, lines }: Chart, phases: readonly Phase[], end: number): string => {
  const values = lines.flatMap(({ points }) => points.flatMap(([, value]) => value ?? []))
  if (values.length === 0) return ''
  const most = niceCeiling(Math.max(...values))
  const x = (at: number): number => left + (at / end) * (width - left)
  const y = (value: number): number => top + (1 - value / most) * (height - top - bottom)
  const bands = phases.map(({ name, from, to }, index) => {
    const [start, stop] = [x(from), x(Math.min(to, end))]
    const title = `<title>${escapedHtml(name)}</title>`
    return `<rect class="band b${index % 2}" x="${start.toFixed(1)}" y="${top}" width="${Math.max(0, stop - start).toFixed(1)}" height="${height - top - bottom}">${title}</rect>`
  })
  const grid = [0, 0.5, 1].map(share => {
    const at = y(most * share).toFixed(1)
    return `<line x1="${left}" x2="${width}" y1="${at}" y2="${at}"/><text x="${left - 6}" y="${Number(at) + 4}" text-anchor="end">${number(most * share, most < 10 ? 1 : 0)}</text>`
  })
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(share => {
    const anchor = share === 0 ? 'start' : share === 1 ? 'end' : 'middle'
    return `<text x="${x(end * share).toFixed(1)}" y="${height - 6}" text-anchor="${anchor}">${number(end * share, 0)} s</text>`
  })
  const drawn = lines.flatMap((line, index) =>
    runsOf(line, x, y).map(points => `<polyline class="l${index}" points="${points}"/>`)
  )
  const key =
    lines.length < 2
      ? ''
      : lines.map(({ name }, index) => ` <span class="k${index}">— ${escapedHtml(name)}</span>`).join('')
  return `<figure><figcaption>${escapedHtml(title)}, ${escapedHtml(unit)}${key}</figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapedHtml(title)}">
${[...bands, ...grid, ...ticks, ...drawn].join('\n')}
</svg></figure>`
}
