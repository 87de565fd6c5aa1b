import { contractFiles } from '../contracts.js'
import { type Exchange, type Exchanges, get, isJsonOf, postJson } from '../exchanges.js'
import { ownApi } from '../own-api.js'
import { inBench, versionOf } from '../project.js'
import { newRecord, records, shareRecords } from '../records.js'
import { type Work, usualRatios } from '../scenario.js'
import { launchOf, type Peer } from '../servers.js'

/** The servers of `records.yaml`, with so many made operations on top of it. */
export const recordServers = (operations = 0): Peer[] => {
  const { openapi31, openapi30 } = contractFiles(inBench('records.yaml'), operations)
  const environment = { ...shareRecords(), CONTRACT: openapi30, OPERATIONS: String(operations) }
  const own = (name: string, title: string, file = name): Peer => {
    return { name, title, launch: launchOf(`records/${file}`, environment) }
  }
  return [
    own('node:http', 'node:http by hand', 'node-http'),
    own('fastify', `Fastify ${versionOf('fastify')}, schemas`),
    own('hono', `Hono ${versionOf('hono')}, zod-openapi ${versionOf('@hono/zod-openapi')}`),
    own('openapi-backend', `Express, openapi-backend ${versionOf('openapi-backend')}`),
    own('express-openapi-validator', `Express, openapi-validator ${versionOf('express-openapi-validator')}`),
    { name: 'this', title: 'this server', launch: { command: ownApi(openapi31), environment } }
  ]
}

const workOf =
  (...exchanges: Exchanges) =>
  (): Work => {
    return { exchanges, servers: recordServers(), ratios: usualRatios }
  }

const [first, last] = [20, 119]
const query = `limit=100&cursor=${records[first - 1]?.id ?? ''}&tag=green&tag=tall`

/** 100 records after another one, those with two tags. */
export const listExchange: Exchange = {
  ...get(`/records?${query}`, { items: records.slice(first, last + 1), next: records[last]?.id }),
  name: 'GET /records, 100 of them'
}

/** A GET of 100 records of 12 fields. */
export const list = workOf(listExchange)

const isCreated = (body: Buffer): boolean => {
  const { id, ...rest } = JSON.parse(body.toString()) as Record<string, unknown>
  return typeof id === 'string' && isJsonOf(newRecord)(Buffer.from(JSON.stringify(rest)))
}

/** A POST of 2 KiB of JSON with 20 rules. */
export const create = workOf(postJson('/records', newRecord, { status: 201, isRight: isCreated }))

const broken = { email: 'nobody', score: 101, tags: [] }
const tellsAll = (body: Buffer): boolean => Object.keys(broken).every(name => body.includes(name))

/** The same, of which three rules are broken. Servers say so in their own words, which name all three fields. */
export const refuse = workOf({
  ...postJson('/records', { ...newRecord, ...broken }, { status: 422, isRight: tellsAll }),
  name: 'POST /records, three broken rules'
})
