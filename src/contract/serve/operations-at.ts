import type { Contract } from '../openapi/contract.js'
import { type OperationObject, operationsOf } from '../openapi/operation-object.js'
import { shapeOf } from '../openapi/path-template.js'
import { basePathsOf } from '../openapi/server.js'
import { PathTree } from './path-tree.js'

/** Tells the operations that a contract has at a path, as requested: always the same list for the same template. */
export const operationsAt = (contract: Contract): ((path: string) => readonly OperationObject[] | undefined) => {
  const byShape = new Map<string, OperationObject[]>()
  const tree = new PathTree<readonly OperationObject[]>()
  for (const operation of operationsOf(contract)) {
    for (const base of basePathsOf(contract, operation)) {
      const template = base + operation.path
      const known = byShape.get(shapeOf(template))
      if (known) known.push(operation)
      else {
        const first = [operation]
        byShape.set(shapeOf(template), first)
        tree.add(template, first)
      }
    }
  }
  return path => tree.find(path)?.value
}
