import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { benchJson } from '../../scripts/bench/json.js'
import { startLoadGenerator } from '../../scripts/bench/load.js'
import { measure } from '../../scripts/bench/measure.js'
import { benchPage } from '../../scripts/bench/page.js'
import { get } from '../../scripts/bench/exchanges.js'
import { reportOf } from '../../scripts/bench/report.js'
import { ratioTo, type Scenario } from '../../scripts/bench/scenario.js'
import { everything } from '../../scripts/bench/scenarios/everything.js'
import { large } from '../../scripts/bench/scenarios/large.js'
import { many } from '../../scripts/bench/scenarios/many.js'
import { create, list, refuse } from '../../scripts/bench/scenarios/records.js'
import type { Peer } from '../../scripts/bench/servers.js'
import { startServer } from '../../scripts/bench/start.js'
import { removeTemporaryFolders } from '../../scripts/bench/temporary-folder.js'

const folder = mkdtempSync(join(tmpdir(), 'bench-'))
afterAll(() => {
  removeTemporaryFolders()
  rmSync(folder, { recursive: true })
})

describe('this server answers as it must, as npm start would start it', () => {
  /** What keeps the last one of this server in a scenario from being timed. */
  const problemIn = async ({ servers, exchanges }: Pick<Scenario, 'servers' | 'exchanges'>): Promise<unknown> => {
    const peer = servers.findLast(({ name }) => name === 'this')
    if (!peer) return 'not there'
    const server = await startServer(peer.launch, exchanges, undefined)
    return typeof server === 'string' ? server : server.stop()
  }

  test('lists, new records and refused ones, large bodies', async () => {
    const { servers, exchanges } = large()
    const others = [list(), create(), refuse()].flatMap(({ exchanges }) => exchanges)
    expect(await problemIn({ servers, exchanges: [...exchanges, ...others] })).toBeUndefined()
  })

  test.each([many, everything])('%p', async scenario => {
    expect(await problemIn(scenario())).toBeUndefined()
  })
})

test('what answers rightly is measured beside what takes longer, and what answers wrongly is told and not timed', async () => {
  const serverOf = (name: string, answer: string): Peer => {
    const file = join(folder, `${name}.mjs`)
    const code = `import { createServer } from 'node:http'
createServer((request, response) => { ${answer} }).listen(process.env.PORT, process.env.HOST)`
    writeFileSync(file, code)
    return { name, title: `<${name}>`, launch: { command: [process.execPath, file] } }
  }
  const right = 'response.writeHead(200, { "Content-Length": 4 }).end("[42]")'
  const wait = 'const until = performance.now() + 2; while (performance.now() < until);'
  const scenario: Scenario = {
    name: 'made',
    exchanges: [get('/answer', [42])],
    servers: [serverOf('quick', right), serverOf('slow', wait + right), serverOf('wrong', 'response.end("[43]")')],
    ratios: [ratioTo('× quick', 'quick')]
  }
  const load = startLoadGenerator()
  const measured = await measure(scenario, { rounds: 1, load, cores: undefined })
  await load.stop()
  const [quick, slow, wrong] = measured
  expect(wrong?.problem).toBe('GET /answer: answers another body than expected')
  expect(slow?.series('GET /answer', 'cpu')[0]).toBeGreaterThan(1000)
  expect([quick, slow].map(one => one?.series('GET /answer', 'failed'))).toEqual([[0], [0]])

  const results = [{ scenario, measured }]
  expect(reportOf(scenario, measured)).toMatch(/^made: GET \/answer +CPU µs +× quick [^]*^<quick> +[\d.,]+ +1\.00 /m)
  const page = benchPage('a machine', results)
  expect(page.match(/<rect/g)).toHaveLength(2)
  expect(page).toContain('&lt;wrong&gt;: GET /answer: answers another body than expected')
  expect(page).not.toMatch(/<script|<link|src=|url\(|https?:|NaN/)
  expect(JSON.parse(benchJson('a machine', results))).toMatchObject({
    scenarios: [
      { name: 'made', requests: [{ servers: [{ name: 'quick', failed: [0] }, {}, { problem: wrong?.problem }] }] }
    ]
  })
})
