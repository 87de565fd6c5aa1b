import type { Locator, Page } from 'playwright-core'

/** The operation of a name on a page, opened. */
export const opened = async (page: Page, operationId: string): Promise<Locator> => {
  const operation = page.locator(`.opblock[id$="-${operationId}"]`)
  await operation.waitFor()
  if ((await operation.locator('.execute').count()) === 0) await operation.locator('.opblock-summary-control').click()
  await operation.locator('.execute').waitFor()
  return operation
}

/** Executes an operation on a page, and gives the URL that was asked, and the status and the text that it shows. */
export const execute = async (
  page: Page,
  operationId: string
): Promise<{ url: string; status: string; text: string }> => {
  const operation = await opened(page, operationId)
  if ((await operation.locator('.btn-clear').count()) > 0) await operation.locator('.btn-clear').click()
  await operation.locator('.execute').click()
  const shown = operation.locator('.live-responses-table .response')
  await shown.locator('.response-col_status').waitFor()
  return {
    url: await operation.locator('.request-url pre').innerText(),
    status: (await shown.locator('.response-col_status').innerText()).trim(),
    text: await shown.locator('.response-col_description').innerText()
  }
}

/** The part of the login dialog that is for a security scheme; opens the dialog. */
export const schemeOf = async (page: Page, name: string): Promise<Locator> => {
  if ((await page.locator('.dialog-ux').count()) === 0) await page.locator('.auth-wrapper .authorize').first().click()
  return page.locator('.auth-container').filter({ hasText: name })
}

/** Closes the login dialog. */
export const closeDialog = (page: Page): Promise<void> => page.locator('.dialog-ux .btn-done').first().click()

/** Logs in with a name, a password, and some scopes. */
export const logInAs = async (
  page: Page,
  username: string,
  scopes: readonly string[],
  password = 'any'
): Promise<void> => {
  const login = await schemeOf(page, 'Login')
  if ((await login.getByText('Logout', { exact: true }).count()) > 0) {
    await login.getByText('Logout', { exact: true }).click()
  }
  await login.locator('#oauth_username').fill(username)
  await login.locator('#oauth_password').fill(password)
  for (const box of await login.locator('.scopes input:checked').all()) {
    await login.locator(`label[for="${(await box.getAttribute('id')) ?? ''}"]`).click()
  }
  for (const scope of scopes) await login.locator('.scopes label').filter({ hasText: scope }).click()
  await login.locator('button.authorize').click()
  await login.getByText('Logout', { exact: true }).waitFor()
  await closeDialog(page)
}
