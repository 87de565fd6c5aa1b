import type { Seed } from '../../../scripts/contract-tests/seed.js'
import { createServices, type Services } from './services.js'

export const seed: Seed<Services> = {
  services: async () => {
    const services = createServices()
    return Promise.resolve(services)
  },
  credentials: {
    alice: { username: 'alice', password: 'wonderland' },
    reader: { username: 'reader', password: 'newspaper' },
    monitor: { apiKey: 'k3y' }
  }
}
