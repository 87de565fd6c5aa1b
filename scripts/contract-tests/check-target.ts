import { readContract } from '../../src/contract/index.js'
import { readKnownAskers } from './known-askers.js'
import { samplingOf } from './properties.js'
import { resetBy } from './reset.js'
import { targetAt } from './target.js'

/**
 * Fails at once, with a sentence, where every test against a server would fail.
 *
 * @param environment the variables of `npm run test:contract`
 * @throws {TypeError | ContractError}
 */
export const checkTarget = async (
  url: string,
  contract: string,
  environment: Readonly<Record<string, string | undefined>>
): Promise<void> => {
  await readContract(contract)
  const { CONTRACT_USERS: file, CONTRACT_RESET: reset } = environment
  if (file !== undefined) readKnownAskers(file)
  samplingOf(environment)
  const target = targetAt(url)
  try {
    await target.send({ path: '/' })
    await resetBy(reset)?.()
  } catch (error) {
    if (error instanceof TypeError && error.message.startsWith('CONTRACT_RESET')) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new TypeError(`No server answers at ${target.url}: ${why}.`, { cause: error })
  } finally {
    target.close()
  }
}
