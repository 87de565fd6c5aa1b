/** Where a page asks, in a real browser: below a path of a proxy, and on the servers that the contract names. */
import { createServer } from 'node:http'
import { afterEach, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import { listenAnywhere, type TestServer } from '../support/server.js'
import { notesText, startNotes } from './notes-server.js'
import { type ObservedPage, openPage } from './page.js'
import { startPrefixProxy } from './prefix-proxy.js'
import { execute, logInAs } from './trying.js'

const open: { close: () => Promise<void> }[] = []
const closedLater = <One extends { close: () => Promise<void> }>(one: One): One => {
  open.push(one)
  return one
}
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

const start = async (...args: Parameters<typeof startNotes>): Promise<TestServer> =>
  closedLater(await startNotes(...args))
/** The servers that a page lets its user choose from, once it shows them. */
const serversOn = async (page: Page): Promise<readonly string[]> => {
  const options = page.locator('.servers option')
  await options.first().waitFor({ state: 'attached' })
  return options.allInnerTexts()
}
const visit = async (url: string): Promise<ObservedPage> => closedLater(await openPage(url))

describe.each(['/docs', '/docs/', '/'])('a page that a proxy serves at /api%s', path => {
  test('loads, logs in, and asks below that path, and nowhere else', async () => {
    const { port } = await start()
    const proxy = closedLater(await startPrefixProxy('/api', port))
    const root = `http://127.0.0.1:${proxy.port}/api`
    const { page, requests, errors } = await visit(`${root}${path}`)
    await logInAs(page, 'ann', ['notes:read'])
    expect(await execute(page, 'listNotes')).toMatchObject({ url: `${root}/v1/notes`, status: '200' })
    expect(await serversOn(page)).toEqual([`${root}/v1 - Here`])
    const links = await page.evaluate("[...document.querySelectorAll('.contract a')].map(link => link.href)")
    expect(links).toEqual([`${root}/openapi.yaml`, `${root}/openapi.json`])
    const missed = requests.filter(url => !url.startsWith(`${root}/`) && !url.startsWith('data:'))
    expect([missed, errors]).toEqual([[], []])
  })
})

test('another server that the contract names can be chosen, and one that it does not name cannot be asked', async () => {
  const there = await start()
  const named = `http://127.0.0.1:${there.port}/v1`
  const text = notesText.replace(
    'description: Here }',
    `description: Here }\n  - { url: '${named}', description: There }`
  )
  const here = await start({}, text)
  const origin = `http://127.0.0.1:${here.port}`
  const elsewhere = await start()
  const { page } = await visit(`${origin}/docs`)
  expect(await serversOn(page)).toEqual([`${origin}/v1 - Here`, `${named} - There`])

  const asked = (url: string) =>
    page.evaluate(async one => {
      try {
        return (await fetch(one, { mode: 'no-cors' })).type
      } catch {
        return 'refused'
      }
    }, url)
  expect(await asked(`${named}/notes`)).toBe('opaque')
  expect(await asked(`http://127.0.0.1:${there.port}/v2/notes`)).toBe('refused')
  expect(await asked(`http://127.0.0.1:${elsewhere.port}/v1/notes`)).toBe('refused')

  await page.locator('.servers select').selectOption(named)
  const sent = page.waitForRequest(/\/v1\/notes/)
  await page.locator('.opblock[id$="-listNotes"] .opblock-summary-control').click()
  await page.locator('.opblock[id$="-listNotes"] .execute').click()
  expect((await sent).url()).toBe(`${named}/notes`)
})

test('a login reaches who issues tokens on another host, if the contract says so', async () => {
  const issuer = closedLater(
    await listenAnywhere(
      createServer((_request, response) => {
        const cors = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*, Authorization' }
        response.writeHead(200, { ...cors, 'Content-Type': 'application/json' })
        response.end(JSON.stringify({ access_token: 'elsewhere|notes:read', token_type: 'bearer' }))
      })
    )
  )
  const tokenUrl = `http://127.0.0.1:${issuer.port}/issue`
  const { port } = await start({}, notesText.replace('tokenUrl: /v1/token', `tokenUrl: '${tokenUrl}'`))
  const { page } = await visit(`http://127.0.0.1:${port}/docs`)
  await logInAs(page, 'ann', ['notes:read'])
  expect((await execute(page, 'listNotes')).text).toContain('"elsewhere"')
})
