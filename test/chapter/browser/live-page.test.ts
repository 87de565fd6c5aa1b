import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createLiveServer, type LiveServer } from '../../../scripts/dev/live-server.js'
import { readableLog } from '../../../scripts/dev/readable-log.js'
import { readConfig } from '../../../src/config.js'
import { compose } from '../../../src/services.js'
import { chapterHandlers } from '../chapter.js'
import { chapterText } from '../chapter.js'
import { type ObservedPage, openPage } from '../../browser/page.js'
import { startPrefixProxy } from '../../browser/prefix-proxy.js'

let live: LiveServer
let proxy: Awaited<ReturnType<typeof startPrefixProxy>>
let observed: ObservedPage
beforeAll(async () => {
  const log = readableLog('info')
  live = createLiveServer({
    handlers: chapterHandlers,
    ...(await compose(readConfig({}), { contract: () => live.contract(), log })),
    log
  })
  live.swap(chapterText)
  live.server.listen(0, '127.0.0.1')
  await once(live.server, 'listening')
  proxy = await startPrefixProxy('/api', (live.server.address() as AddressInfo).port)
  observed = await openPage(`http://127.0.0.1:${proxy.port}/api/docs`)
  await observed.page.locator('#operations-users-readUsersMe').waitFor()
})
afterAll(async () => {
  await observed.close()
  await proxy.close()
  live.server.close()
  live.server.closeAllConnections()
})

test('an open page, below a path of a proxy, follows each swap, and shows why a save cannot be served until one can', async () => {
  const { page, errors } = observed
  await page.locator('.opblock-summary-description', { hasText: 'Read the current user' }).waitFor()

  live.swap(chapterText.replace('summary: Read the current user', 'summary: Say who I am'))
  await page.locator('.opblock-summary-description', { hasText: 'Say who I am' }).waitFor()

  const problem = page.locator('#contract-problem')
  expect(await problem.isVisible()).toBe(false)
  expect(() => live.swap(chapterText.replace('operationId: login', 'operationID: login'))).toThrow()
  await problem.waitFor()
  expect(await problem.innerText()).toMatch(/openapi\.yaml:\d+:\d+ {2}`operationID` isn't known to OpenAPI 3\.1 here\./)
  await page.locator('.opblock-summary-description', { hasText: 'Say who I am' }).waitFor()

  live.swap(live.contract()?.text ?? '') // the save is undone
  await problem.waitFor({ state: 'hidden' })

  live.swap(chapterText)
  await page.locator('.opblock-summary-description', { hasText: 'Read the current user' }).waitFor()
  expect(await problem.isVisible()).toBe(false)
  expect(errors).toEqual([])
})
