import { createHash } from 'node:crypto'
import type { OpenAPIV3_1 } from 'openapi-types'
import { stringify } from 'yaml'
import { placesByOrigin } from './document/origin.js'
import { resolve } from './document/reference.js'
import { placesInText } from './document/source-text.js'
import type { Contract } from './openapi/contract.js'

/** What a contract is made of. `document` has the structure of OpenAPI, or is about to be refused for not having it. */
export interface Source extends Partial<Pick<Contract, 'notes' | 'resources' | 'origins'>> {
  readonly text: string
  readonly name: string
  readonly document: unknown
  /** Of the other files, by their names. */
  readonly texts?: ReadonlyMap<string, string>
}

const noTexts: ReadonlyMap<string, string> = new Map()

/** What is another if anything in any of the files is. */
export const digestOf = (text: string, texts = noTexts): string => {
  const hash = createHash('sha256').update(text)
  for (const [name, other] of texts) hash.update(`\n${name} ${other.length}\n`).update(other)
  return hash.digest('hex')
}

/** Makes a contract. What takes a while is made when it is asked for. */
export const contractOf = (source: Source): Contract => {
  const { text, name, document, notes = [], resources = [], origins = new Map(), texts = noTexts } = source
  const inRoot = placesInText(text, name)
  let digest: string | undefined
  let whole = texts.size === 0 ? text : undefined
  return {
    get text() {
      return (whole ??= stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }))
    },
    files: [name, ...texts.keys()],
    origins,
    get digest() {
      return (digest ??= digestOf(text, texts))
    },
    document: document as OpenAPIV3_1.Document,
    notes,
    resources,
    place: origins.size === 0 ? inRoot : placesByOrigin(origins, texts, inRoot),
    resolve: path => resolve(document, path)
  }
}
