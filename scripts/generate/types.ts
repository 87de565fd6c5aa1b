import {
  canStandIn,
  type Contract,
  defaultOf,
  fileProperties,
  getBeside,
  nameOf,
  type OperationObject,
  operationsOf,
  parametersOf,
  requestBodyOf,
  securityKind,
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
 * openapi-typescript makes them, and `securitySchemes`, `security`, `defaults`, `files` and `heads`, which it doesn't.
 */
export const typesOf = (contract: Contract): string => {
  const schemes = securitySchemeNames(contract).map(name => [name, quoted(securityKind(contract, name))] as const)
  return [
    header + declarationsOf(typedDocument(contract)),
    '/** The kind of each security scheme of the contract: how what is sent for it is read. */\n',
    interfaceOf('securitySchemes', schemes),
    '/** Which security schemes vouch for the caller of each operation; `never` where none is asked for. */\n',
    interfaceOf('security', ofOperations(contract, vouchersOf)),
    '/** The parameters of each operation that have a default, by where they are: a handler always gets them. */\n',
    interfaceOf('defaults', ofOperations(contract, defaultsOf)),
    '/** The parts of the forms of each operation that are files; `never` where none is. */\n',
    interfaceOf('files', ofOperations(contract, filesOf)),
    '/** The HEADs that need no handler, by the GETs whose handlers answer them, too. */\n',
    interfaceOf('heads', headsOf(contract))
  ].join('')
}

const quoted = (text: string): string => JSON.stringify(text)
const unionOf = (types: readonly string[]): string => types.join(' | ') || 'never'

type Field = readonly [name: string, type: string]

// The compiler tells a name as it is written.
const keyOf = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name))

const interfaceOf = (name: string, fields: readonly Field[]): string =>
  `export interface ${name} {\n${fields.map(([field, type]) => `    ${keyOf(field)}: ${type};\n`).join('')}}\n`

const ofOperations = (
  contract: Contract,
  typeOf: (contract: Contract, operation: OperationObject) => string
): Field[] =>
  operationsOf(contract).flatMap(one =>
    one.operationId === undefined ? [] : [[one.operationId, typeOf(contract, one)] as const]
  )

// Of an alternative the first scheme vouches; of one that is empty, nobody.
const vouchersOf = (contract: Contract, operation: OperationObject): string => {
  const firsts = securityOf(contract, operation).alternatives.map(([first]) => first?.scheme)
  return unionOf([...new Set(firsts)].map(name => (name === undefined ? 'undefined' : quoted(name))))
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

const headsOf = (contract: Contract): Field[] =>
  operationsOf(contract).flatMap(head => {
    const get = getBeside(contract, head)
    if (head.operationId === undefined || get?.operationId === undefined) return []
    return canStandIn(contract, get, head) ? [[head.operationId, quoted(get.operationId)] as const] : []
  })

const filesOf = (contract: Contract, operation: OperationObject): string => {
  const forms = [...(requestBodyOf(contract, operation)?.contents.values() ?? [])].filter(
    ({ kind }) => kind === 'multipart'
  )
  const names = forms.flatMap(({ pointer }) => fileProperties(contract, pointer).names)
  return unionOf([...new Set(names)].map(quoted))
}
