import {
  type Contract,
  defaultOf,
  fileProperties,
  nameOf,
  type OperationObject,
  operationsOf,
  parametersOf,
  requestBodyOf,
  securityOf,
  securitySchemeNames
} from '../../src/contract/index.js'
import { declarationsOf } from './declarations.js'
import { typedDocument } from './typed-document.js'

const header = `/**
 * Types of the contract. Made from openapi.yaml by \`npm run generate\`; never edited by hand.
 */

`

/**
 * The types of a contract, as the text of a declaration file: `paths`, `components` and `operations` as
 * openapi-typescript makes them, and `SecuritySchemeName`, `security`, `defaults` and `files`, which it doesn't.
 */
export const typesOf = (contract: Contract): string => {
  const schemes = unionOf(securitySchemeNames(contract).map(quoted))
  return [
    header + declarationsOf(typedDocument(contract)),
    `/** The security schemes of the contract, by their names. */\nexport type SecuritySchemeName = ${schemes};\n`,
    '/** Which security schemes can vouch for the caller of each operation; `never` where none is asked for. */\n',
    interfaceOf(contract, 'security', operation => vouchersOf(contract, operation)),
    '/** The parameters of each operation that have a default, by where they are: a handler always gets them. */\n',
    interfaceOf(contract, 'defaults', operation => defaultsOf(contract, operation)),
    '/** The parts of the forms of each operation that are files; `never` where none is. */\n',
    interfaceOf(contract, 'files', operation => filesOf(contract, operation))
  ].join('')
}

const quoted = (text: string): string => JSON.stringify(text)
const unionOf = (types: readonly string[]): string => types.join(' | ') || 'never'

const interfaceOf = (contract: Contract, name: string, typeOf: (operation: OperationObject) => string): string => {
  const named = operationsOf(contract).filter(({ operationId }) => operationId !== undefined)
  const lines = named.map(one => `    ${quoted(one.operationId ?? '')}: ${typeOf(one)};\n`)
  return `export interface ${name} {\n${lines.join('')}}\n`
}

const vouchersOf = (contract: Contract, operation: OperationObject): string => {
  const { alternatives, schemes, isOpen } = securityOf(contract, operation)
  return unionOf([...schemes.map(quoted), ...(isOpen && alternatives.length > 0 ? ['undefined'] : [])])
}

const defaultsOf = (contract: Contract, operation: OperationObject): string => {
  const names = new Map<string, string[]>()
  for (const parameter of parametersOf(contract, operation)) {
    const { location } = nameOf(parameter)
    if (location === 'path' || !defaultOf(contract, parameter)) continue // a path has all its parameters
    names.set(location, [...(names.get(location) ?? []), quoted(parameter.parameter.name)])
  }
  return names.size === 0
    ? 'object'
    : `{ ${[...names].map(([location, all]) => `${location}: ${unionOf(all)}`).join('; ')} }`
}

const filesOf = (contract: Contract, operation: OperationObject): string => {
  const forms = [...(requestBodyOf(contract, operation)?.contents.values() ?? [])].filter(
    ({ kind }) => kind === 'multipart'
  )
  const names = forms.flatMap(({ pointer }) => fileProperties(contract, pointer).names)
  return unionOf([...new Set(names)].map(quoted))
}
