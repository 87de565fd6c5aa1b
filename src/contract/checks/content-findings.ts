import type { Finding } from '../document/finding.js'
import { isFileReference } from '../document/locate.js'
import { pointer, pointerOfFragment } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import type { Contract } from '../openapi/contract.js'
import { walk } from '../openapi/walk.js'
import { type SchemaAt, schemaFindings } from './schema-findings.js'

/** What is wrong in an OpenAPI document whose structure is valid: with its references, and with its schemas. */
export const contentFindings = (contract: Contract): Finding[] => {
  const { document, place, resolve } = contract
  const findings: Finding[] = []
  const schemas: SchemaAt[] = []

  const known = new Map<string, boolean>() // one schema has thousands of references to it
  const isThere = (ref: string): boolean => {
    const found = known.get(ref) ?? resolve(pointerOfFragment(ref)).value !== undefined
    known.set(ref, found)
    return found
  }
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
    } else if (!isThere(ref)) {
      find('leads to nothing', 'Check its spelling.')
    }
  }

  walk(document, (kind, object, path) => {
    if (kind === 'Schema') schemas.push({ schema: object, pointer: path })
    if (isRecord(object) && typeof object['$ref'] === 'string') checkRef(object['$ref'], path + pointer('$ref'))
  })
  // What a reference that leads nowhere means can't be looked at.
  return findings.length > 0 ? findings : schemaFindings(contract, schemas)
}
