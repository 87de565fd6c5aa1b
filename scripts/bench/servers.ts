import { readFileSync } from 'node:fs'
import { root } from '../lib/root.js'
import { inBench } from './project.js'
import type { Launch } from './start.js'

/** What `--only` calls servers, in the order of the tables. */
export const serverNames = [
  'node:http',
  'fastify',
  'fastify-cache',
  'hono',
  'openapi-backend',
  'express-openapi-validator',
  'this'
]

/** A server that can be measured. */
export interface Peer {
  /** One of `serverNames`, or what `--peer` calls it. */
  readonly name: string
  readonly title: string
  readonly launch: Launch
}

/** How a server of the folder `servers/` is started. */
export const launchOf = (server: string, environment: Readonly<Record<string, string>> = {}): Launch => ({
  command: [process.execPath, inBench(`servers/${server}.js`)],
  environment
})

/** What `npm start` runs, flags and all; `main` is another file to run. */
export const startCommand = (main = 'dist/main.js'): string[] => {
  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: { start: string } }
  const words = scripts.start.split(' ').slice(1)
  return [process.execPath, ...words.map(word => (word === 'dist/main.js' ? main : word))]
}
