import type { Page } from 'playwright-core'

const modalOf = (page: Page) => page.locator('.dialog-ux .modal-ux')

/** Opens the dialog of the page, and sends a name and a password. */
export const fillIn = async (page: Page, username: string, password: string): Promise<void> => {
  const modal = modalOf(page)
  await page.locator('.auth-wrapper .authorize').first().click()
  await modal.locator('#oauth_username').fill(username)
  await modal.locator('#oauth_password').fill(password)
  await modal.locator('button.authorize').click()
}

/** Logs in, and closes the dialog. */
export const logIn = async (page: Page, username: string, password: string): Promise<void> => {
  await fillIn(page, username, password)
  await modalOf(page).getByText('Logout', { exact: true }).waitFor()
  await modalOf(page).locator('.btn-done').click()
}

/** Executes `GET /users/me` on the page, and gives the status and the body that it shows. */
export const executeReadMe = async (page: Page): Promise<{ status: string; body: unknown }> => {
  const operation = page.locator('#operations-users-readUsersMe')
  if ((await operation.locator('.execute').count()) === 0) await operation.locator('.opblock-summary-control').click()
  const answered = page.waitForResponse(response => response.url().endsWith('/users/me'))
  await operation.locator('.execute').click()
  await answered
  const live = operation.locator('.live-responses-table .response')
  await live.locator('.response-col_status').waitFor()
  const { status } = await answered.then(response => ({ status: String(response.status()) }))
  await live.locator('.response-col_status', { hasText: status }).waitFor()
  return { status, body: JSON.parse(await live.locator('.highlight-code code').first().innerText()) as unknown }
}
