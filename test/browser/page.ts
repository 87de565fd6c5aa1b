import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

const chromePath = process.env['CHROME_PATH'] ?? '/usr/bin/chromium'

/** A page in a real browser, and what went on in it. */
export interface ObservedPage {
  readonly page: Page
  /** Every request that the page made. */
  readonly requests: readonly string[]
  /** Every error on its console, every uncaught exception, and every request that failed. */
  readonly errors: readonly string[]
  close(): Promise<void>
}

/** How a browser shows pages. */
export interface PageLook {
  /** In pixels. */
  readonly width?: number
  readonly dark?: boolean
}

/**
 * Opens a page of operations in Chromium, with an empty profile, and waits until they are drawn: what a page shows later is
 * waited for where it is read. Fails with one sentence if there is no browser.
 */
export const openPage = async (url: string, { width = 1200, dark = false }: PageLook = {}): Promise<ObservedPage> => {
  if (!existsSync(chromePath)) {
    const todo = 'install it (Debian: apt-get install chromium), or name another with CHROME_PATH.'
    throw new Error(`There is no Chromium at ${chromePath}: ${todo}`)
  }
  const profile = mkdtempSync(join(tmpdir(), 'browser-'))
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run']
  const context: BrowserContext = await chromium.launchPersistentContext(profile, {
    executablePath: chromePath,
    args: [...quiet, '--no-sandbox', '--disable-gpu', '--disable-quic'],
    viewport: { width, height: 1000 },
    colorScheme: dark ? 'dark' : 'light'
  })
  const page = context.pages()[0] ?? (await context.newPage())
  const requests: string[] = []
  const errors: string[] = []
  page.on('request', request => requests.push(request.url()))
  page.on('requestfailed', request => errors.push(`failed: ${request.url()}`))
  page.on('pageerror', error => errors.push(`uncaught: ${error.message}`))
  page.on('console', message => {
    if (message.type() === 'error') errors.push(`console: ${message.text()}`)
  })
  await page.goto(url)
  await page.locator('.opblock').first().waitFor()
  const close = async (): Promise<void> => {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
  return { page, requests, errors, close }
}
