/** What a page looks like, in a real browser: on a phone, in the dark, on paper, and by the keyboard. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'
import type { TestServer } from '../support/server.js'
import { startNotes } from './notes-server.js'
import { type ObservedPage, openPage, type PageLook } from './page.js'
import { execute, logInAs, opened, schemeOf } from './trying.js'

let server: TestServer
let observed: ObservedPage
beforeAll(async () => {
  server = await startNotes()
})
afterAll(() => server.close())
afterEach(() => observed.close())

const visit = async (look: PageLook = {}, port = server.port): Promise<Page> => {
  observed = await openPage(`http://127.0.0.1:${port}/docs`, look)
  return observed.page
}

/** The texts that can be seen and have less contrast with what is behind them than WCAG 2.2 §1.4.3 (AA) asks for. */
const faintTexts = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const channels = colour => colour.match(/[\\d.]+/g).map(Number)
    const luminance = ([r, g, b]) => {
      const [x, y, z] = [r, g, b].map(c => c / 255).map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      return 0.2126 * x + 0.7152 * y + 0.0722 * z
    }
    const behind = element => {
      for (let at = element; at; at = at.parentElement) {
        const colour = channels(getComputedStyle(at).backgroundColor)
        if (colour.length === 3 || colour[3] > 0.9) return colour
      }
      return [255, 255, 255]
    }
    const isSeen = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    return [...document.querySelectorAll('body *')]
      .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim() !== ''))
      .filter(element => isSeen(element) && !element.disabled && element.closest('svg, script, style') === null)
      .flatMap(element => {
        const [one, other] = [luminance(channels(getComputedStyle(element).color)), luminance(behind(element))]
        const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
        return contrast < 4.5 ? [element.textContent.trim() + ' ' + contrast.toFixed(1)] : []
      })
  })()`)

const openAll = async (page: Page): Promise<void> => {
  for (const id of ['listNotes', 'deleteNotes', 'upload', 'login']) await opened(page, id)
  await execute(page, 'listNotes')
  await page.locator('.json-schema-2020-12-expand-deep-button').first().click()
}

describe.each([
  ['light', false],
  ['dark', true]
])('where the system is %s', (_scheme, dark) => {
  test('so is the page, and each text can be read', async () => {
    const page = await visit({ dark })
    await openAll(page)
    expect(await faintTexts(page)).toEqual([])
    const paper = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
    expect(Number(/\d+/.exec(paper)?.[0]) < 128).toBe(dark)
    await schemeOf(page, 'Login')
    expect(await faintTexts(page)).toEqual([])
    const raised = await page.evaluate<string>('getComputedStyle(document.querySelector(".modal-ux")).backgroundColor')
    expect(Number(/\d+/.exec(raised)?.[0]) < 128).toBe(dark)
  })
})

test('on a phone nothing but code is wider than the screen, and what can be pressed is large enough', async () => {
  const page = await visit({ width: 390 })
  await openAll(page)
  const widths = '[document.documentElement.scrollWidth, innerWidth]'
  expect(await page.evaluate(widths)).toEqual([390, 390])
  const small = await page.evaluate(`[...document.querySelectorAll('button, select, input:not([type="checkbox"])')]
    .filter(one => one.checkVisibility())
    .filter(one => one.getBoundingClientRect().height < 44 && one.getBoundingClientRect().height > 0)
    .map(one => one.outerHTML.slice(0, 200))`)
  expect(small).toEqual([])
  await schemeOf(page, 'Login')
  expect(await page.evaluate(widths)).toEqual([390, 390])
  const box = await page.locator('.modal-ux').boundingBox()
  expect([(box?.x ?? -1) >= 0, (box?.x ?? 0) + (box?.width ?? 391) <= 390]).toEqual([true, true])
})

test('no method has a colour but the one that deletes', async () => {
  const page = await visit()
  const methods = await page.evaluate<[string, string][]>(`[...document.querySelectorAll('.opblock-summary-method')]
    .map(one => [one.textContent, getComputedStyle(one).color])`)
  const { DELETE, ...others } = Object.fromEntries(methods)
  expect(new Set(Object.values(others)).size).toBe(1)
  expect(Object.values(others)).not.toContain(DELETE)
  const backgrounds = await page.evaluate<string[]>(`[...document.querySelectorAll('.opblock, .opblock-summary-method')]
    .map(one => getComputedStyle(one).backgroundColor)`)
  expect(new Set(backgrounds).size).toBe(1)
})

test('the focus of the keyboard can be seen wherever it is', async () => {
  const page = await visit()
  const unseen: string[] = []
  for (let count = 0; count < 20; count += 1) {
    await page.keyboard.press('Tab')
    const outline = await page.evaluate<string>(`(() => {
      const style = getComputedStyle(document.activeElement)
      const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
      return seen ? '' : document.activeElement.outerHTML.slice(0, 200)
    })()`)
    if (outline !== '') unseen.push(outline)
  }
  expect(unseen).toEqual([])
})

test('on paper it is black on white, without what can only be pressed', async () => {
  const page = await visit({ dark: true })
  await opened(page, 'listNotes')
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  expect(await page.locator('.btn:visible').count()).toBe(0)
  expect(await page.locator('.opblock-summary-path:visible').count()).toBeGreaterThan(0)
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
})

test.each([false, true])('a login that a reload is (%s) to keep', async keepsLogin => {
  const keeping = await startNotes({ page: { keepsLogin } })
  try {
    const page = await visit({}, keeping.port)
    await logInAs(page, 'ann', ['notes:read'])
    await page.reload()
    expect((await execute(page, 'listNotes')).status).toBe(keepsLogin ? '200' : '401')
    expect(await page.evaluate('localStorage.length')).toBe(keepsLogin ? 1 : 0)
  } finally {
    await keeping.close()
  }
})
