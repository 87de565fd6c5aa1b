/** What a page can try out, in a real browser: scopes, keys, uploads, downloads, streams of events. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { TestServer } from '../support/server.js'
import { bytes, startNotes } from './notes-server.js'
import { type ObservedPage, openPage } from './page.js'
import { closeDialog, execute, logInAs, opened, schemeOf } from './trying.js'

let server: TestServer
let observed: ObservedPage
let page: Page
beforeAll(async () => {
  server = await startNotes()
  observed = await openPage(`http://127.0.0.1:${server.port}/docs`)
  page = observed.page
})
afterAll(async () => {
  await observed.close()
  await server.close()
})

test('a login has the scopes that were chosen for it, and no others', async () => {
  await logInAs(page, 'ann', ['notes:read'])
  const listed = await execute(page, 'listNotes')
  expect(listed).toMatchObject({ url: `http://127.0.0.1:${server.port}/v1/notes`, status: '200' })
  expect(listed.text.replaceAll(/\s/g, '')).toContain('{"user":"ann","granted":["notes:read"]}')
  const refused = await execute(page, 'deleteNotes')
  expect([refused.status, refused.text]).toEqual(['403', expect.stringContaining('insufficient_scope')])

  await logInAs(page, 'ann', ['notes:write'])
  expect((await execute(page, 'deleteNotes')).status).toBe('200')
  expect((await execute(page, 'listNotes')).status).toBe('403')
})

test('keys are sent where the contract says, in a header and in the query', async () => {
  for (const [name, value] of Object.entries({ HeaderKey: 'h key', QueryKey: 'q&key' })) {
    const scheme = await schemeOf(page, name)
    await scheme.locator('input').fill(value)
    await scheme.locator('button[type="submit"]').click()
    await scheme.getByText('Logout', { exact: true }).waitFor()
  }
  await closeDialog(page)
  const sent = page.waitForRequest(/\/v1\/machine/)
  const { status, url } = await execute(page, 'askAsMachine')
  expect([status, url]).toEqual(['200', `http://127.0.0.1:${server.port}/v1/machine?key=q%26key`])
  expect((await sent).headers()['x-key']).toBe('h key')
})

test('a file is uploaded with its fields', async () => {
  const operation = await opened(page, 'upload')
  await operation.locator('input[type="text"]').fill('My notes')
  await operation.locator('input[type="file"]').setInputFiles({
    name: 'notes.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('milk, eggs')
  })
  await operation.locator('.execute').click()
  const shown = operation.locator('.live-responses-table .highlight-code code').first()
  expect(JSON.parse(await shown.innerText())).toEqual({
    form: { title: 'My notes' },
    received: [{ name: 'file', fileName: 'notes.txt', mediaType: 'text/plain', text: 'milk, eggs' }]
  })
})

test('a file is downloaded, each byte of it', async () => {
  expect((await execute(page, 'download')).status).toBe('200')
  const downloading = page.waitForEvent('download')
  await (await opened(page, 'download')).locator('a[download]').click()
  const file = await (await downloading).path()
  expect(readFileSync(file).equals(bytes)).toBe(true)
})

test('a picture is shown', async () => {
  expect((await execute(page, 'picture')).status).toBe('200')
  const width = "document.querySelector('.live-responses-table img').naturalWidth"
  await page.waitForFunction(`${width} === 1`)
})

test('a stream of events that never ends shows those that come in the first seconds', async () => {
  const { status, text } = await execute(page, 'listen')
  expect([status, text]).toEqual(['200', expect.stringMatching(/data: one\s+data: two/)])
})

test('the page has no error of its own in all that', () => {
  const expected = /status of 403|failed: .*\/events$/ // refused above, and left by the page after a while
  expect(observed.errors.filter(error => !expected.test(error))).toEqual([])
})
