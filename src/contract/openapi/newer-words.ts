import type { Finding, PlaceOf } from '../document/finding.js'
import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import { openapiVersionOf } from './structure-findings.js'
import { type Kind, walk } from './walk.js'

/** The words of OpenAPI 3.2 that change what is served, by the objects in which they stand, and what they would do. */
const words: Partial<Readonly<Record<Kind, Readonly<Record<string, string>>>>> = {
  Document: { $self: 'the URL against which all references are resolved' },
  Components: { mediaTypes: 'media types to refer to' },
  PathItem: { query: 'a method', additionalOperations: 'methods' },
  MediaType: {
    $ref: 'a reference in place of a media type',
    itemSchema: 'the schema of each item of a stream',
    prefixEncoding: 'the encodings of parts by their positions',
    itemEncoding: 'the encoding of each part'
  },
  Encoding: {
    encoding: 'encodings in an encoding',
    prefixEncoding: 'the encodings of parts by their positions',
    itemEncoding: 'the encoding of each part'
  }
}

/**
 * What a document of OpenAPI 3.2 whose structure is valid says that can't be served. All else that is new there only
 * informs: names of servers, parents and kinds of tags, `dataValue` and `serializedValue` of examples, summaries,
 * further flows, `deprecated` schemes, `nodeType`.
 */
export const newerWordFindings = (document: unknown, place: PlaceOf): Finding[] => {
  if (openapiVersionOf(document) !== '3.2') return []
  const findings: Finding[] = []
  const refuse = (path: string, word: string, meaning: string): void => {
    const what = `\`${word}\` is new in OpenAPI 3.2 and can't be served: ${meaning}.`
    findings.push({ place: place(path, 'key'), what, todo: 'Write it as OpenAPI 3.1 would.' })
  }
  walk(document, (kind, object, path) => {
    if (!isRecord(object)) return
    for (const [word, meaning] of Object.entries(words[kind] ?? {})) {
      if (Object.hasOwn(object, word)) refuse(path + pointer(word), word, meaning)
    }
    if (kind !== 'Parameter') return
    if (object['in'] === 'querystring') {
      refuse(path + pointer('in'), 'in: querystring', 'the whole query as one parameter')
    }
    if (object['in'] === 'cookie' && object['style'] === 'cookie') {
      refuse(path + pointer('style'), 'style: cookie', 'another way to write cookies')
    }
  })
  return findings
}
