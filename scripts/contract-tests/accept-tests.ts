import { severalMediaTypes } from '../../src/contract/index.js'
import { declaredAnswer, isIn, mediaTypeOf } from './answer-check.js'
import type { Answer } from './client.js'
import { signed } from './credentials.js'
import { goodRequest } from './named-requests.js'
import type { ContractTest, OperationSuite } from './operation-suite.js'
import { whyUnasked } from './request-parts.js'
import { countUnshown } from './schema-tests.js'
import type { Breach } from './violation.js'

/** A media type that nobody declares. */
const unheardOf = 'application/x-unheard-of'

/**
 * For each success that may be in several media types, that `Accept` chooses among them, and what nothing fits is answered
 * 406. A server may go by something else (RFC 9110 §12.4.1): so only one that declares a 406 is held to it, and of others
 * the answers are held to the contract as always.
 */
export const acceptTests = (suite: OperationSuite): ContractTest[] => {
  const { contract, object, operation, isSpared } = suite
  if (isSpared || whyUnasked(contract, object) !== undefined) return []
  const successes = severalMediaTypes(contract, object).filter(
    ({ key, mediaTypes }) => key.startsWith('2') && mediaTypes.length > 1
  )
  const chooses = Object.hasOwn(object.operation.responses ?? {}, '406')
  return successes.flatMap(({ key, mediaTypes }) => {
    const at = (answer: Answer): string | undefined => {
      const declared = declaredAnswer(contract, object, answer.status)
      return chooses && declared?.key === key ? declared.node.pointer : undefined
    }
    const each = mediaTypes.map(mediaType => ({
      operation,
      name: `${key} is in ${mediaType} for who accepts nothing else`,
      run: () =>
        ask(suite, mediaType, answer => {
          const pointer = answer.status === 406 && chooses ? object.pointer : at(answer)
          const said = mediaTypeOf(answer)
          if (pointer === undefined || (answer.status !== 406 && isIn(said, mediaType))) return []
          return [
            { pointer, what: `\`Accept: ${mediaType}\` is answered ${answer.status} in \`${said ?? '(none)'}\`.` }
          ]
        })
    }))
    const none = {
      operation,
      name: `${key} is nothing for who accepts none of its media types`,
      run: () =>
        ask(suite, unheardOf, answer => {
          const pointer = at(answer)
          if (pointer === undefined) return []
          return [{ pointer, what: `\`Accept: ${unheardOf}\` is answered ${answer.status}, not 406.` }]
        })
    }
    return [...each, none]
  })
}

const ask = async (
  suite: OperationSuite,
  accept: string,
  judge: (answer: Answer) => readonly Breach[]
): Promise<void> => {
  const { object, askers, exchange, target } = suite
  const good = goodRequest(suite)
  const asking = { ...good, headers: { ...good.headers, Accept: accept } }
  const request = signed(asking, await askers.credentials(object, askers.welcome(object)[0]))
  countUnshown(suite, await exchange.askForbidden(target, object, request, judge))
}
