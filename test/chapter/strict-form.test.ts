import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { editedContract, startChapter } from './chapter.js'
import { logIn } from '../support/login.js'

const from = 'required: [username, password]'
const to = 'required: [grant_type, username, password]'

test('adding grant_type to `required` in the contract is all it takes to insist on it', async () => {
  const server = await startChapter({ contract: editedContract([from, to]) })
  try {
    const without = await logIn(server.port, 'username=johndoe&password=secret')
    const detail = [{ loc: ['body', 'grant_type'], msg: 'field required', type: 'value_error.missing' }]
    expect([without.status, without.json]).toEqual([422, { detail }])
    const withIt = await logIn(server.port, 'grant_type=password&username=johndoe&password=secret')
    expect(withIt.status).toBe(200)
  } finally {
    await server.close()
  }
})

test('the README shows this very edit', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const lines = readme.split('\n').map(line => line.replace(/^([-+])\s*/, '$1'))
  expect(lines).toEqual(expect.arrayContaining([`-${from}`, `+${to}`]))
})
