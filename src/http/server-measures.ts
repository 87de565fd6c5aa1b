import type { Measure } from '../management/measure.js'
import type { Exchanges } from './exchanges.js'
import type { TurnServer } from './turn-server.js'

/** What operators watch of a server: what is in work now. */
export const serverMeasures = (
  server: Pick<TurnServer, 'openConnections'>,
  exchanges: Pick<Exchanges, 'inFlight'>
): readonly Measure[] => [
  {
    name: 'http_server_active_requests',
    kind: 'gauge',
    says: 'Requests that are being answered.',
    read: () => exchanges.inFlight
  },
  {
    name: 'http_server_open_connections',
    kind: 'gauge',
    says: 'Connections that are open.',
    read: () => server.openConnections
  }
]
