import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { send } from '../../../scripts/contract-tests/client.js'
import { parseContract } from '../../../src/contract/index.js'
import { startSample } from '../../support/sample.js'
import { startChapter } from '../chapter.js'
import type { TestServer } from '../../support/server.js'
import { executeReadMe, fillIn, logIn } from './page-actions.js'
import { type ObservedPage, openPage } from '../../browser/page.js'

let server: TestServer
let observed: ObservedPage
let page: Page
beforeAll(async () => {
  server = await startChapter()
})
afterAll(() => server.close())
beforeEach(async () => {
  observed = await openPage(`http://127.0.0.1:${server.port}/docs`)
  page = observed.page
  await page.locator('#operations-users-readUsersMe').waitFor()
})
afterEach(() => observed.close())

const modal = () => page.locator('.dialog-ux .modal-ux')

const johndoe = {
  username: 'johndoe',
  email: 'johndoe@example.com',
  full_name: 'John Doe',
  disabled: false,
  hashed_password: 'fakehashedsecret'
}

describe('the documentation page', () => {
  test('logs in, shows the current user, logs out, and is not authenticated any more', async () => {
    await logIn(page, 'johndoe', 'secret')
    expect(await executeReadMe(page)).toEqual({ status: '200', body: johndoe })

    await page.locator('.auth-wrapper .authorize').first().click()
    await modal().getByText('Logout', { exact: true }).click()
    await modal().locator('.btn-done').click()
    expect(await executeReadMe(page)).toEqual({ status: '401', body: { detail: 'Not authenticated' } })
    // The 401 is what the browser itself logs of the answer; the page has no error of its own.
    expect(observed.errors.filter(error => !error.includes('status of 401'))).toEqual([])
  })

  test('shows an inactive user why nothing works', async () => {
    await logIn(page, 'alice', 'secret2')
    expect(await executeReadMe(page)).toEqual({ status: '400', body: { detail: 'Inactive user' } })
  })

  test('does not log in with a wrong password', async () => {
    await fillIn(page, 'johndoe', 'wrong')
    await modal().locator('.errors').first().waitFor()
    expect(await modal().locator('.errors').first().innerText()).toMatch(/auth error/i)
    expect(await modal().getByText('Logout', { exact: true }).count()).toBe(0)
  })

  test('asks no other host for anything, and logs no error', async () => {
    await logIn(page, 'johndoe', 'secret')
    await executeReadMe(page)
    const hosts = new Set(observed.requests.filter(url => !url.startsWith('data:')).map(url => new URL(url).host))
    expect([...hosts]).toEqual([`127.0.0.1:${server.port}`])
    expect(observed.errors).toEqual([])
    expect(observed.requests.filter(url => url.includes('secret'))).toEqual([])
  })

  test('has a title, and examples of the answers', async () => {
    expect(await page.title()).toBe('Simple OAuth2 with Password and Bearer')
    await page.locator('#operations-auth-login .opblock-summary-control').click()
    await page.locator('#operations-auth-login .responses-table').first().waitFor()
    expect(await page.locator('#operations-auth-login').innerText()).toContain('Another grant than the password grant')
  })
})

test('the page runs no inline script, under a policy that allows none', async () => {
  const answer = await send(server.port, { path: '/docs' })
  const policy = String(answer.headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-hashes' 'sha256-")
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*|http/)
  expect(answer.text).not.toMatch(/<script>|\son\w+=/)
})

test('what is tried out reaches this server, whatever host the contract names', async () => {
  const contract = parseContract(`openapi: 3.1.0
info: { title: Elsewhere, version: '1' }
servers: [{ url: 'https://api.example.com/v1' }]
paths:
  /things:
    get:
      tags: [all]
      operationId: readThings
      responses: { '200': { description: Read, content: { application/json: { schema: { type: array } } } } }
`)
  const elsewhere = await startSample(contract, {
    readThings: () => Promise.resolve({ status: 200, body: ['a thing'] })
  })
  const other = await openPage(`http://127.0.0.1:${elsewhere.port}/docs`)
  try {
    const operation = other.page.locator('#operations-all-readThings')
    await operation.locator('.opblock-summary-control').click()
    const answered = other.page.waitForResponse(response => response.url().endsWith('/things'))
    await operation.locator('.execute').click()
    expect((await answered).url()).toBe(`http://127.0.0.1:${elsewhere.port}/v1/things`)
    const shown = operation.locator('.live-responses-table .response .highlight-code code').first()
    expect(JSON.parse(await shown.innerText())).toEqual(['a thing'])
    expect(other.errors).toEqual([])
  } finally {
    await other.close()
    await elsewhere.close()
  }
})
