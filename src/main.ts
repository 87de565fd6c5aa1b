import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createAppServer, fits, production } from './app.js'
import { fakePasswordHasher, fakeTokenCodec, fakeUserStore } from './chapter/fake.js'
import { ConfigError, readConfig } from './config.js'
import { readContract } from './contract/read-contract.js'
import { ContractError } from './contract/document/finding.js'
import { stopOnSignal } from './http/shutdown.js'

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url))

const fail = (message: string): never => {
  console.error(message)
  process.exit(1)
}

try {
  const { host, port } = readConfig(process.env)
  const server = await createAppServer({
    contract: await readContract(path('../openapi.yaml'), fits(production), path('contract.json')),
    users: fakeUserStore,
    passwords: fakePasswordHasher,
    tokens: fakeTokenCodec,
    log: console.error,
    mode: production
  })
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') fail(`Port ${port} is in use: choose another with PORT, or stop what is using it.`)
    if (error.code === 'EACCES') fail(`Port ${port} needs more rights than this process has: choose another with PORT.`)
    fail(`Can't listen on HOST ${host}, PORT ${port}: ${error.message}.`)
  })
  stopOnSignal(server)
  server.listen(port, host, () => {
    const { address, family, port: actual } = server.address() as AddressInfo
    const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`
    console.log(`Listening on ${url}`)
    console.log(`Documentation at ${url}/docs`)
    console.log('The security is fake, as in the chapter: never use it for real users.')
  })
} catch (error) {
  if (error instanceof ConfigError || error instanceof ContractError) fail(error.message)
  throw error
}
