import type { Contract } from '../openapi/contract.js'
import { evaluatorOf } from '../openapi/evaluator-of.js'
import { regularExpression } from '../schema/regular-expression.js'
import type { Judge } from './text-value.js'

/** What the text of requests to a contract is judged by. */
export const judgeOf = (contract: Contract): Judge => ({
  isValid: (at, value) => evaluatorOf(contract).isValid(at, value, 'request'),
  matches: (pattern, text) => regularExpression(pattern)(text)
})
