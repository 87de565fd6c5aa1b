import type { Seed } from '../scripts/contract-tests/seed.js'
import { readConfig } from '../src/config.js'
import { compose, type Services } from '../src/services.js'

/**
 * What is there before each test that the contract writes: the services that the app itself begins with. Where the
 * contract's examples speak of more, put it in here. `credentials` says who the names of the examples are, where no
 * login shows it: `johndoe: { apiKey: … }`, `{ username: …, password: … }` for Basic, or `{ token: … }`;
 * together where several are needed.
 */
export const seed: Seed<Services> = {
  services: async () => (await compose(readConfig({}), { contract: () => undefined, log: () => undefined })).services,
  credentials: {}
}
