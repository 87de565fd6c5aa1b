/**
 * `npm run mock -- FILE`: serves any contract with no code at all, and follows its saves. Requests are held to the
 * contract, security is asked for in form only, and answers are the contract's examples or made from its schemas.
 * `HOST` and `PORT` as for `npm start`.
 *
 *   Prefer: code=404        the answer with that status
 *   Prefer: example=NAME    the example of that name
 *   Prefer: dynamic=true    values made from the schema, others for each request
 */
import { access } from 'node:fs/promises'
import { basename } from 'node:path'
import { ConfigError, readConfig } from '../src/config.js'

/** The file of the command line, if it can be read. @throws {ConfigError} */
const contractFile = async ([file, ...more]: readonly string[]): Promise<string> => {
  if (file === undefined || more.length > 0) throw new ConfigError('Usage: npm run mock -- FILE')
  await access(file).catch((error: unknown) => {
    throw new ConfigError(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}.`)
  })
  return file
}

// What serves takes longer to load than to say that there is nothing to serve.
const load = async () => ({
  ...(await import('../src/contract/index.js')),
  ...(await import('../src/http/listen.js')),
  ...(await import('../src/http/problem-details.js')),
  ...(await import('./dev/live-server.js')),
  ...(await import('./dev/readable-log.js')),
  ...(await import('./dev/swap-on-save.js'))
})

try {
  const file = await contractFile(process.argv.slice(2))
  const config = readConfig(process.env)
  const { createLiveServer, formalSecurity, listen, problemDetails, readableLog, swapOnSave } = await load()
  const live = createLiveServer({
    name: basename(file),
    handlers: contract => ({ operations: {}, security: formalSecurity(contract) }),
    services: {},
    problems: problemDetails,
    log: readableLog(config.logLevel)
  })
  await swapOnSave(live, file)
  const url = await listen(live.server, config)
  console.log(
    `Listening on ${url}\nDocumentation at ${url}/docs\nEvery answer is a mock, and security a matter of form.`
  )
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exit(1)
}
