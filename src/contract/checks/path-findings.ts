import type { Contract } from '../openapi/contract.js'
import type { Finding } from '../document/finding.js'
import type { OperationObject } from '../openapi/operation-object.js'
import { parametersOf, twiceDeclared } from '../openapi/parameter.js'
import { partsOf, shapeOf } from '../openapi/path-template.js'
import { pointer } from '../document/pointer.js'

/** What is wrong with the path templates of a contract: two that match the same paths, and parameters that don't fit. */
export const pathFindings = (contract: Contract, operations: readonly OperationObject[]): Finding[] => [
  ...twinFindings(contract, operations),
  ...operations.flatMap(operation => parameterFindings(contract, operation))
]

const twinFindings = (contract: Contract, operations: readonly OperationObject[]): Finding[] => {
  const firsts = new Map<string, string>()
  const twins = new Map<string, string>()
  for (const { method, path } of operations) {
    const key = `${method} ${shapeOf(path)}`
    const first = firsts.get(key)
    if (first === undefined) firsts.set(key, path)
    else if (!twins.has(path)) twins.set(path, first)
  }
  return [...twins].map(([path, first]) => ({
    place: contract.place(pointer('paths', path), 'key'),
    what: `\`${path}\` matches the same paths as \`${first}\`.`,
    todo: 'Make one path of them.'
  }))
}

const parameterFindings = (contract: Contract, one: OperationObject): Finding[] => {
  const { names } = partsOf(one.path)
  const declared = parametersOf(contract, one).filter(({ parameter }) => parameter.in === 'path')
  const missing = names.filter(name => !declared.some(({ parameter }) => parameter.name === name))
  const surplus = declared.filter(({ parameter }) => !names.includes(parameter.name))
  const repeated = names.filter((name, index) => names.indexOf(name) !== index)
  return [
    ...repeated.map(name => ({
      place: contract.place(pointer('paths', one.path), 'key'),
      what: `\`${one.path}\` has \`{${name}}\` more than once.`,
      todo: 'Give each parameter a name of its own.'
    })),
    ...twiceDeclared(contract, one).map(({ at, parameter }) => ({
      place: contract.place(at + pointer('name')),
      what: `Another parameter is called \`${parameter.name}\` in \`${parameter.in}\`.`,
      todo: 'Remove one of them.'
    })),
    ...missing.map(name => ({
      place: contract.place(pointer('paths', one.path), 'key'),
      what: `The path parameter \`${name}\` isn't declared for \`${one.method}\`.`,
      todo: 'Add it to `parameters`.'
    })),
    ...surplus.map(({ at, parameter }) => ({
      place: contract.place(at + pointer('name')),
      what: `\`${one.path}\` has no \`{${parameter.name}}\`.`,
      todo: 'Rename the parameter, or remove it.'
    }))
  ]
}
