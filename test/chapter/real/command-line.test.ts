import { afterAll, expect, test } from '@jest/globals'
import { logIn, readMe } from '../../support/login.js'
import { startMain } from '../../support/process.js'
import { canary, usersHere } from '../../users/users-here.js'
import { tokenOf } from './real-server.js'

const here = usersHere()
const main = await startMain({ DATABASE_URL: here.url })
afterAll(async () => {
  await main.stop()
  here.remove()
})

test('the command line ends what a running server lets a user do, at the next request', async () => {
  await here.add('alice')
  const token = tokenOf(await logIn(main.port, `username=alice&password=${canary}`))
  expect((await readMe(main.port, token)).status).toBe(200)
  await here.users(['disable', 'alice'])
  expect((await readMe(main.port, token)).status).toBe(401)
})
