/** This server, as it was built, with the operations of a made contract on top of its own. */
import { createAppServer, production } from '../../../dist/app.js'
import { readConfig } from '../../../dist/config.js'
import { readContract } from '../../../dist/contract/index.js'
import { createLog } from '../../../dist/log.js'
import { handlers } from '../../../dist/operations/index.js'
import { compose } from '../../../dist/services.js'
import { address, contractFile } from './chapter.js'
import { resourceHandlers } from './resources.js'

const log = createLog({ level: 'warn', stream: process.stderr })
const contract = await readContract(contractFile, undefined, `${contractFile}.json`)
const server = createAppServer({
  contract,
  ...(await compose(readConfig({}), { contract: () => contract, log })),
  log,
  mode: production,
  handlers: {
    operations: {
      ...handlers.operations,
      ...resourceHandlers(read => request => Promise.resolve({ status: 200, body: read(request.params.id) }))
    },
    security: handlers.security
  }
})
server.listen(address.port, address.host)
