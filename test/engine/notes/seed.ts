import type { Seed } from '../../../scripts/contract-tests/seed.js'
import { createServices, type Services } from './services.js'

/** What is there before each test that the contract writes. `folder` is for attachments. */
export const seedIn = (folder: string): Seed<Services> => ({
  services: () => createServices(folder),
  credentials: {
    alice: { username: 'alice', password: 'wonderland' },
    reader: { username: 'reader', password: 'newspaper' },
    monitor: { apiKey: 'k3y' }
  }
})
