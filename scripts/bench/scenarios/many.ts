import { number } from '../../lib/table.js'
import type { Work } from '../scenario.js'
import type { Peer } from '../servers.js'
import { listExchange, recordServers } from './records.js'

/** How many operations the large contract has. */
const operations = 1000

const own = 5 // those of records.yaml

const sized = (servers: readonly Peer[], size: number): Peer[] =>
  servers
    .filter(({ name }) => name !== 'node:http')
    .map(one => ({ ...one, title: `${one.title}, ${number(size, 0)} operations` }))

/** A list in a small contract, and in one of 1,000 operations, by the same servers. */
export const many = (): Work => {
  const [small, large] = [sized(recordServers(), own), sized(recordServers(operations - own), operations)]
  return {
    exchanges: [listExchange],
    servers: small.flatMap((one, index) => [one, ...large.slice(index, index + 1)]),
    ratios: [{ to: '× small', isBase: (base, server) => base.name === server.name }]
  }
}
