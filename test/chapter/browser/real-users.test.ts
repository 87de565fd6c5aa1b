/** The page with real users: in SQLite, and in PostgreSQL where there is one. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { createEmptyDatabase, findPostgres } from '../../support/postgres.js'
import { project } from '../../support/project.js'
import { startApp } from '../../support/server.js'
import { realSeed } from '../real/real-seed.js'
import { executeReadMe, fillIn, logIn } from './page-actions.js'
import { openPage } from '../../browser/page.js'

const folder = mkdtempSync(join(tmpdir(), 'real-'))
const postgres = await findPostgres()
if (!postgres) console.log('Left out: real users in PostgreSQL, which is not installed.')
const database = postgres && (await createEmptyDatabase(postgres.url))
const databases = [
  ['SQLite', `sqlite:${join(folder, 'users.db')}`],
  ...(database ? [['PostgreSQL', database.url]] : [])
]
afterAll(async () => {
  await database?.remove()
  await postgres?.remove()
  rmSync(folder, { recursive: true })
})

describe.each(databases)('the documentation page with real users in %s', (_kind, url = '') => {
  test('logs in, shows the current user and no hash, and says why a login is refused', async () => {
    const { seed, problems, close } = await realSeed(url)
    const server = await startApp({ ...project, services: await seed.services(), problems })
    const observed = await openPage(`http://127.0.0.1:${server.port}/docs`)
    try {
      const { page } = observed
      await page.locator('#operations-users-readUsersMe').waitFor()
      await logIn(page, 'johndoe', 'secret')
      const johndoe = { username: 'johndoe', email: 'johndoe@example.com', full_name: 'John Doe', disabled: false }
      expect(await executeReadMe(page)).toEqual({ status: '200', body: johndoe })

      await page.reload()
      await page.locator('#operations-users-readUsersMe').waitFor()
      await fillIn(page, 'johndoe', 'wrong')
      await page.locator('.dialog-ux .errors', { hasText: 'Incorrect username or password' }).first().waitFor()
    } finally {
      await observed.close()
      await server.close()
      await close()
    }
  })
})
