/** An API as a team would write it, of all that a contract can ask for: under the tests that its contract writes. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from '@jest/globals'
import { compareTypes } from '../../../scripts/generate/types-file.js'
import { lintContract } from '../../../scripts/lint-contract/lint-contract.js'
import { conformanceFindings } from '../../../src/contract/index.js'
import { production } from '../../../src/app.js'
import { declareContractTests } from '../../support/contract-suite.js'
import { notesApi, notesFile } from './notes-api.js'
import { seedIn } from './seed.js'

const folder = mkdtempSync(join(tmpdir(), 'attachments-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('its types are those that its contract makes', async () => {
  const file = fileURLToPath(new URL('generated/openapi.d.ts', import.meta.url))
  expect(await compareTypes(notesApi.contract, file)).toMatchObject({ same: true })
})

test('nothing keeps it from being served, and nothing is advised', async () => {
  expect(conformanceFindings(notesApi.contract, notesApi.handlers, production)).toEqual([])
  const { handlers, problems } = notesApi
  expect(await lintContract(notesFile, true, { code: handlers, problems })).toEqual({ code: 0, lines: [] })
})

await declareContractTests(notesApi, seedIn(folder), { runs: 50 })
