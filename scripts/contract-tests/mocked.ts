import { basePathsOf, type Contract, operationsOf } from '../../src/contract/index.js'
import type { Answer } from './client.js'
import type { Target } from './target.js'

/** Whether an answer is a mock's, which knows no state and nobody: its server says so. */
export const isMocked = ({ headers }: Answer): boolean => headers['x-mock'] === 'true'

/** Whether a mock refuses a request, or says why it has no answer: in its own words, whatever the contract declares. */
export const isProblemOfMock = (answer: Answer): boolean => isMocked(answer) && answer.status >= 400

/** Whether a mock refuses a request. */
export const isRefusalOfMock = (answer: Answer): boolean => isProblemOfMock(answer) && answer.status < 500

/** Whether a mock says that it finds no answer that the contract declares. */
export const isUnmocked = (answer: Answer): boolean => isMocked(answer) && answer.status === 501

/** Why something isn't tried on a mock. */
export const whyNotMocked = {
  credentials: 'a mock takes any credentials of the right form',
  broken: 'its request breaks the contract, so that a mock refuses it',
  code: 'a mock takes no wish for it',
  none: 'a mock finds no answer to it'
}

/** What a mock answers to any credentials of the right form. */
export const anybody = { username: 'anybody', password: 'any', token: 'any', apiKey: 'any' }

/**
 * Whether all that a server answers is mocked, as far as one request tells: to the first path of the contract, by a
 * method that changes nothing. It needn't be valid, because what a mock refuses is marked as well.
 */
export const isMockServer = async (contract: Contract, target: Target): Promise<boolean> => {
  const [first] = operationsOf(contract)
  if (!first) return false
  const [basePath = ''] = target.hasPath === true ? [] : basePathsOf(contract, first)
  return isMocked(await target.send({ path: basePath + first.path.replaceAll(/\{[^}]*\}/g, 'x') }))
}
