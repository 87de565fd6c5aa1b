import openapiTS, { astToString } from 'openapi-typescript'
import type { Contract } from '../../src/contract/read-contract.js'
import { operationObjects } from '../../src/contract/openapi/operation-object.js'

const header = `/**
 * Types of the contract. Made from openapi.yaml by \`npm run generate\`; never edited by hand.
 */

`

/**
 * The types of a contract, as the text of a declaration file: `paths`, `components` and `operations` as
 * openapi-typescript makes them, and `securitySchemes` and `security`, which it doesn't.
 */
export const typesOf = async (contract: Contract): Promise<string> => {
  // From the text, not the document: openapi-typescript writes into the document that it is given.
  const ast = await openapiTS(Buffer.from(contract.text), { silent: true })
  return header + astToString(ast) + securityTypes(contract)
}

const securityTypes = (contract: Contract): string => {
  const schemes = Object.keys(contract.document.components?.securitySchemes ?? {})
  const named = operationObjects(contract).filter(({ operationId }) => operationId !== undefined)
  const operations = named.map(({ operation, operationId }) => {
    const alternatives = operation.security ?? contract.document.security ?? []
    const names = alternatives.flatMap(alternative => Object.keys(alternative).map(name => JSON.stringify(name)))
    const anonymous = alternatives.length > 0 && alternatives.some(one => Object.keys(one).length === 0)
    const types = [...new Set([...names, ...(anonymous ? ['undefined'] : [])])]
    return `    ${JSON.stringify(operationId ?? '')}: ${types.join(' | ') || 'never'};\n`
  })
  return [
    '/** The security schemes of the contract, by their names. */\n',
    `export type SecuritySchemeName = ${schemes.map(name => JSON.stringify(name)).join(' | ') || 'never'};\n`,
    '/** Which security schemes can vouch for the caller of each operation; `never` where none is asked for. */\n',
    `export interface security {\n${operations.join('')}}\n`
  ].join('')
}
