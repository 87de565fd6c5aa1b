import type { Finding } from '../document/finding.js'
import { isFileReference } from '../document/locate.js'
import { pointer, pointerOfFragment } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import type { Contract } from '../openapi/contract.js'
import { walk } from '../openapi/walk.js'
import { schemaFindings } from './schema-findings.js'

/** What is wrong in an OpenAPI document whose structure is valid: with its references, and with its schemas. */
export const contentFindings = (contract: Contract): Finding[] => {
  const { document, place, resolve } = contract
  const findings: Finding[] = []
  const schemas: string[] = []

  const checkRef = (ref: string, path: string): void => {
    const find = (what: string, todo: string): void => {
      findings.push({ place: place(path), what: `\`$ref: ${ref}\` ${what}.`, todo })
    }
    if (!ref.startsWith('#') && !isFileReference(ref)) {
      find('leads to a URL, which is never fetched', 'Put what it names beside the contract.')
    } else if (!ref.startsWith('#')) {
      find('leads out of the file', 'Move what it names into `components`.')
    } else if (!ref.startsWith('#/')) {
      find("can't be followed", 'Move what it names into `components`.')
    } else if (resolve(pointerOfFragment(ref)).value === undefined) {
      find('leads to nothing', 'Check its spelling.')
    }
  }

  walk(document, (kind, object, path) => {
    if (kind === 'Schema') schemas.push(path)
    if (isRecord(object) && typeof object['$ref'] === 'string') checkRef(object['$ref'], path + pointer('$ref'))
  })
  // What leads nowhere can't be compiled.
  return findings.length > 0 ? findings : schemaFindings(contract, schemas)
}
