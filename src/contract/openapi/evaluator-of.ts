import { Evaluator } from '../schema/evaluator.js'
import type { Contract } from './contract.js'

const known = new WeakMap<object, Evaluator>()

/** The one evaluator of a contract's schemas, which are named by their pointers. It compiles each once, when asked. */
export const evaluatorOf = (contract: Contract): Evaluator => {
  const evaluator = known.get(contract.document) ?? new Evaluator(contract.document, contract.resources)
  known.set(contract.document, evaluator)
  return evaluator
}
