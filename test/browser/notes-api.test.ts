/** An API as a team would write it, tried out on its page in a real browser. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { notesApi } from '../engine/notes/notes-api.js'
import { createServices } from '../engine/notes/services.js'
import { startApp, type TestServer } from '../support/server.js'
import { type ObservedPage, openPage } from './page.js'
import { closeDialog, execute, logInAs, opened, schemeOf } from './trying.js'

const folder = mkdtempSync(join(tmpdir(), 'attachments-'))
let server: TestServer
let observed: ObservedPage
let page: Page
beforeAll(async () => {
  server = await startApp({ ...notesApi, services: createServices(folder) })
  observed = await openPage(`http://127.0.0.1:${server.port}/docs`)
  page = observed.page
})
afterAll(async () => {
  await observed.close()
  await server.close()
  rmSync(folder, { recursive: true })
})

const inPath = async (operationId: string, id: string): Promise<void> => {
  const operation = await opened(page, operationId)
  const examples = operation.locator('tr[data-param-name="id"] select')
  if ((await examples.count()) > 0) await examples.selectOption({ label: id })
  else await operation.locator('tr[data-param-name="id"] input').fill(id)
}

test('whoever only reads reads, and is told which scope writing takes', async () => {
  await logInAs(page, 'reader', ['notes:read'], 'newspaper')
  const listed = await execute(page, 'listNotes')
  expect([listed.status, listed.text]).toEqual(['200', expect.stringContaining('"notes": [')])
  const refused = await execute(page, 'createNote')
  expect([refused.status, refused.text]).toEqual(['403', expect.stringContaining('Insufficient scope')])
})

test('whoever writes creates a note from the example, and deletes one of the version that was read', async () => {
  await logInAs(page, 'alice', ['notes:read', 'notes:write'], 'wonderland')
  const created = await execute(page, 'createNote')
  expect([created.status, created.text]).toEqual(['201', expect.stringContaining('/api/v1/notes/n1')])
  const deleted = await execute(page, 'deleteNote')
  expect(deleted.status).toBe('204')
})

test('a picture is attached to a note, and shown as it was', async () => {
  const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  await inPath('writeAttachment', 'tax')
  const operation = await opened(page, 'writeAttachment')
  await operation.locator('.body-param-content-type select').selectOption('multipart/form-data')
  await operation.locator('input[type="file"]').setInputFiles({
    name: 'tax.png',
    mimeType: 'image/png',
    buffer: Buffer.from(pixel, 'base64')
  })
  expect((await execute(page, 'writeAttachment')).status).toBe('204')
  await inPath('readAttachment', 'tax')
  expect((await execute(page, 'readAttachment')).status).toBe('200')
  await page.waitForFunction("document.querySelector('.live-responses-table img')?.naturalWidth === 1")
})

test('an export comes in the media type that is chosen', async () => {
  const operation = await opened(page, 'exportNotes')
  await operation.locator('.response-control-media-type select').first().selectOption('application/jsonl')
  const { status, text } = await execute(page, 'exportNotes')
  expect([status, text]).toEqual(['200', expect.stringMatching(/\{"id":"tax"[^]*\{"id":"n1"/)])
})

test('what happens to notes is shown as events', async () => {
  const { status, text } = await execute(page, 'watchNotes')
  expect([status, text]).toEqual(['200', expect.stringMatching(/created[^]*deleted/)])
})

test('a machine counts with its key', async () => {
  const scheme = await schemeOf(page, 'Key')
  await scheme.locator('input').fill('k3y')
  await scheme.locator('button[type="submit"]').click()
  await scheme.getByText('Logout', { exact: true }).waitFor()
  await closeDialog(page)
  expect(await execute(page, 'readStatistics')).toMatchObject({
    status: '200',
    text: expect.stringContaining('"notes": 2')
  })
})
