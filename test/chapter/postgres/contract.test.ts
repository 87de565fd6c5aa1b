/** The tests that the contract writes, against real users in PostgreSQL. */
import { afterAll } from '@jest/globals'
import { realSeed } from '../real/real-seed.js'
import { declareContractTests } from '../../support/contract-suite.js'
import { createEmptyDatabase, findPostgres } from '../../support/postgres.js'
import { project } from '../../support/project.js'

const server = await findPostgres()
if (!server) throw new Error('These tests need PostgreSQL: install it, or name one in DATABASE_URL.')
const database = await createEmptyDatabase(server.url)
const { seed, problems, close } = await realSeed(database.url)
await declareContractTests({ ...project, problems }, seed, { runs: 100 })
afterAll(async () => {
  await close()
  await database.remove()
  await server.remove()
})
