/**
 * The server of `npm run dev`: serves the contract, and swaps it on each save. `HOST` and `PORT` as for `npm start`.
 */
import { fileURLToPath } from 'node:url'
import { ConfigError, readConfig } from '../../src/config.js'
import { listen } from '../../src/http/listen.js'
import { handlers } from '../../src/operations/index.js'
import { compose } from '../../src/services.js'
import { createLiveServer } from './live-server.js'
import { readableLog } from './readable-log.js'
import { swapOnSave } from './swap-on-save.js'

const contractFile = fileURLToPath(new URL('../../openapi.yaml', import.meta.url))

try {
  const config = readConfig(process.env)
  const { trustProxy, corsOrigins } = config
  const log = readableLog(config.logLevel)
  const composed = await compose(config, { contract: () => live.contract(), log })
  const page = { keepsLogin: config.pageKeepsLogin }
  const live = createLiveServer({ handlers, ...composed, trustProxy, corsOrigins, page, log })
  await swapOnSave(live, contractFile)
  const url = await listen(live.server, config)
  console.log([`Listening on ${url}`, `Documentation at ${url}/docs`, ...(composed.notices ?? [])].join('\n'))
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exit(1)
}
