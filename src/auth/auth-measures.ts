import type { Measure } from '../management/measure.js'
import type { Gate } from './gate.js'

/** What operators watch of logins: how many there were by their outcome, and how many passwords are being hashed. */
export const authMeasures = (logins: ReadonlyMap<string, number>, gate: Pick<Gate, 'load'>): readonly Measure[] => [
  { name: 'auth_logins_total', kind: 'counter', says: 'Logins, by outcome.', label: 'outcome', read: () => logins },
  {
    name: 'auth_password_hashes_running',
    kind: 'gauge',
    says: 'Passwords that are being hashed.',
    read: () => gate.load().running
  },
  {
    name: 'auth_password_hashes_waiting',
    kind: 'gauge',
    says: 'Passwords that wait to be hashed.',
    read: () => gate.load().waiting
  }
]
