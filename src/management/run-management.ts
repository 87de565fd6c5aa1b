import type { Config } from '../config.js'
import { listen } from '../http/listen.js'
import { createManagementServer, type Management } from './management-server.js'

const settings = { host: 'MANAGEMENT_HOST', port: 'MANAGEMENT_PORT' }

/**
 * Lets operators in, if the configuration says where.
 *
 * @returns lines to log about it
 * @throws {ConfigError} if it can't listen there
 */
export const runManagement = async (
  { managementHost: host, managementPort: port }: Config,
  management: Management
): Promise<readonly string[]> => {
  if (port === '') return []
  const url = await listen(createManagementServer(management), { host, port, settings })
  return [`For operators: ${url}/livez, /readyz and /metrics`]
}
