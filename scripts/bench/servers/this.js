/** This server, as it was built, with the operations of a made contract on top of its own. */
import { createAppServer, production } from '../../../dist/app.js'
import { fakePasswordHasher, fakeTokenCodec, fakeUserStore } from '../../../dist/auth/fake.js'
import { readContract } from '../../../dist/contract/contract.js'
import { operations, security } from '../../../dist/operations/index.js'
import { address, contractFile } from './chapter.js'
import { resourceHandlers } from './resources.js'

const server = await createAppServer({
  contract: await readContract(contractFile, undefined, `${contractFile}.json`),
  users: fakeUserStore,
  passwords: fakePasswordHasher,
  tokens: fakeTokenCodec,
  log: console.error,
  mode: production,
  handlers: {
    operations: {
      ...operations,
      ...resourceHandlers(read => request => Promise.resolve({ status: 200, body: read(request.params.id) }))
    },
    security
  }
})
server.listen(address.port, address.host)
