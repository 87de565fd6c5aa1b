/** The tests that the contract writes, against real users in SQLite. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from '@jest/globals'
import { declareContractTests } from '../../support/contract-suite.js'
import { project } from '../../support/project.js'
import { realSeed } from './real-seed.js'

const folder = mkdtempSync(join(tmpdir(), 'real-'))
const { seed, problems, close } = await realSeed(`sqlite:${join(folder, 'users.db')}`)
await declareContractTests({ ...project, problems }, seed, { runs: 100 })
afterAll(async () => {
  await close()
  rmSync(folder, { recursive: true })
})
