/**
 * Runs before all tests: of the server's settings they have those that they make themselves, and none of the shell that they
 * are run from. The PostgreSQL that it names in `DATABASE_URL` is for the tests that need one, by another name. Tests of a
 * server elsewhere (`BASE_URL`) start none: there the settings are for the command that resets it.
 */
import { fileURLToPath } from 'node:url'
import { importTypeScript } from '../../scripts/lib/import-typescript.js'

const inSource = name => fileURLToPath(new URL(`../../src/${name}`, import.meta.url))

export default async () => {
  const { env: environment } = process
  const { DATABASE_URL: url = '' } = environment
  if (environment.BASE_URL) return
  delete environment.TEST_POSTGRES_URL
  if (url.startsWith('postgres')) environment.TEST_POSTGRES_URL = url
  const [{ settings }, { fileVariableOf }] = await importTypeScript(inSource('config.ts'), inSource('setting.ts'))
  for (const setting of Object.values(settings)) {
    delete environment[setting.name]
    delete environment[fileVariableOf(setting) ?? setting.name]
  }
}
