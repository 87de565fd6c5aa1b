import { escapedHtml, pageOf } from '../lib/page.js'
import { number } from '../lib/table.js'
import { chartOf, type Line } from './chart.js'
import type { Finding } from './finding.js'
import type { Must, Skipped } from './must.js'
import type { Recorder, Sample } from './recorder.js'

/** All that came of a run. */
export interface SoakResult {
  /** What ran where, in a line. */
  readonly machine: string
  readonly musts: readonly Must[]
  readonly skipped: readonly Skipped[]
  readonly findings: readonly Finding[]
}

const style = `
table { border-collapse: collapse; width: 100%; margin: 1.5rem 0; font-variant-numeric: tabular-nums }
th, td { padding: .25em .7em .25em 0; text-align: left; border-bottom: 1px solid light-dark(#ddd, #444); vertical-align: top }
td.ok { color: light-dark(#116622, #7fd48f) }
td.not { color: light-dark(#a01010, #ff9a92); font-weight: bold }
svg line { stroke: light-dark(#ddd, #444) }
.band { fill: transparent }
.band.b1 { fill: light-dark(#eef2f8, #23272e) }
.band:hover { fill: light-dark(#dde6f4, #323a46) }
polyline { fill: none; stroke-width: 1.5; stroke: light-dark(#1f5fbf, #7fb2ff) }
polyline.l1 { stroke: light-dark(#c2410c, #ffae70) }
.k0 { color: light-dark(#1f5fbf, #7fb2ff) }
.k1 { color: light-dark(#c2410c, #ffae70) }
pre { background: light-dark(#f6f6f6, #1e1e1e); padding: 1em; overflow-x: auto; font: 12px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere }
p.phases { columns: 3; font-size: .9em }
@media print { pre, .band { print-color-adjust: exact } }`

const lineOf = (samples: readonly Sample[], name: string, value: (sample: Sample) => number | undefined): Line => ({
  name,
  points: samples.map(sample => [sample.at, value(sample)] as const)
})

const row = ({ part, what, measured, limit, isKept }: Must): string => {
  const cells = [part, what, measured, limit].map(text => `<td>${escapedHtml(text)}`)
  return `<tr>${cells.join('')}<td class="${isKept ? 'ok' : 'not'}">${isKept ? '✓ ok' : '✗ not ok'}`
}

/** A page with all that was measured, over time and as a table. It needs no other file, and no script. */
export const soakPage = (result: SoakResult, { samples, phases }: Recorder): string => {
  const end = Math.max(1, ...samples.map(({ at }) => at))
  const charts = [
    {
      title: 'Memory',
      unit: 'MiB, all processes of the server',
      lines: [lineOf(samples, 'memory', one => one.memory)]
    },
    { title: 'Descriptors', unit: 'open', lines: [lineOf(samples, 'descriptors', one => one.descriptors)] },
    { title: 'Event loop delay', unit: 'ms', lines: [lineOf(samples, 'delay', one => one.delay)] },
    {
      title: 'Latency of the polite client',
      unit: 'ms',
      lines: [lineOf(samples, 'p50', one => one.p50), lineOf(samples, 'p99', one => one.p99)]
    },
    { title: 'Fuzzed requests', unit: 'answered in a second', lines: [lineOf(samples, 'rate', one => one.rate)] }
  ]
  const when = phases.map(({ name, from }) => `${number(from, 0)} s ${escapedHtml(name)}`).join('<br>')
  const content = [
    `<table>
<tr><th>part<th>what<th>measured<th>must be<th>
${result.musts.map(row).join('\n')}
</table>`,
    ...result.skipped.map(({ part, why }) => `<p>${escapedHtml(`${part}: ${why}`)}`),
    ...charts.map(chart => chartOf(chart, phases, end)),
    `<h2>When</h2>
<p class="phases">${when}`,
    result.findings.length === 0 ? '' : '<h2>Faults</h2>',
    ...result.findings.map(({ text }) => `<pre>${escapedHtml(text)}</pre>`)
  ]
  return pageOf({ title: 'Soak', machine: result.machine, style, content })
}
