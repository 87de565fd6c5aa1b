/**
 * Runs before all tests: of the server's settings they have those that they make themselves, and none of the shell that they
 * are run from. The PostgreSQL that it names in `DATABASE_URL` is for the tests that need one, by another name.
 */
import { fileURLToPath } from 'node:url'
import { importTypeScript } from '../../scripts/lib/import-typescript.js'

const inSource = name => fileURLToPath(new URL(`../../src/${name}`, import.meta.url))

export default async () => {
  const { env: environment } = process
  const { DATABASE_URL: url = '' } = environment
  if (url.startsWith('postgres')) environment.POSTGRES_URL = url
  const [{ settings }, { fileVariableOf }] = await importTypeScript(inSource('config.ts'), inSource('setting.ts'))
  for (const setting of Object.values(settings)) {
    delete environment[setting.name]
    delete environment[fileVariableOf(setting) ?? setting.name]
  }
}
