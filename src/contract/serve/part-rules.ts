import type { OpenAPIV3_1 } from 'openapi-types'
import { declaredMediaType } from '../openapi/media-type.js'
import { entriesOf, follow, type Node, within } from '../openapi/node.js'
import type { ParameterAt } from '../openapi/parameter.js'
import type { BrokenRule } from '../problems.js'
import { parameterReceiver } from './parameter-receiver.js'
import type { SentPart } from './sent-part.js'

/** The headers of a part that its Encoding Object declares, by their names in lower case, and what it breaks of that. */
export interface CheckedPart {
  readonly headers: Readonly<Record<string, unknown>>
  readonly broken: readonly BrokenRule[]
}

/** Checks what a part says of itself. */
export type CheckPart = (part: SentPart) => CheckedPart

/**
 * The checks of the parts of a body in `multipart/form-data`, by the names of the properties whose Encoding Objects say
 * what media types they may have, and what headers (OpenAPI 3.1 §4.8.15).
 */
export const partRules = (mediaType: Node): ReadonlyMap<string, CheckPart> =>
  new Map(
    entriesOf(within(follow(mediaType), 'encoding')).map(([name, encoding]) => {
      const readHeaders = headersReader(follow(encoding), name)
      const mistakeIn = mediaTypeCheck(follow(encoding), name)
      const check: CheckPart = part => {
        const { headers, broken } = readHeaders(part)
        const mistake = mistakeIn(part)
        return { headers, broken: mistake ? [mistake, ...broken] : broken }
      }
      return [name, check]
    })
  )

// A field without a media type of its own is what its property is: hardly any client says more of fields.
const mediaTypeCheck = (encoding: Node, name: string): ((part: SentPart) => BrokenRule | undefined) => {
  const said = within(encoding, 'contentType')
  if (typeof said?.value !== 'string') return () => undefined
  const types = said.value.split(',').map(one => one.trim())
  const declared = new Map(types.map(type => [type, type]))
  const message = `must be in ${types.join(' or ')}`
  const params = { allowedValues: types }
  const mistake: BrokenRule = {
    part: 'body',
    path: [name],
    keyword: 'contentType',
    params,
    message,
    rule: said.pointer
  }
  return ({ mediaType }) =>
    mediaType === undefined || declaredMediaType(declared, mediaType) !== undefined ? undefined : mistake
}

const none: CheckedPart = { headers: {}, broken: [] }

const headersReader = (encoding: Node, name: string): CheckPart => {
  const parameters = entriesOf(within(encoding, 'headers')).flatMap(([header, node]): ParameterAt[] => {
    if (header.toLowerCase() === 'content-type') return [] // `contentType` says it
    const { pointer: at, value } = follow(node)
    return [{ at, parameter: { ...(value as OpenAPIV3_1.HeaderObject), in: 'header', name: header } }]
  })
  if (parameters.length === 0) return () => none
  const receive = parameterReceiver(encoding.contract, parameters)
  return ({ headers: sent }) => {
    const { values, broken } = receive({ headers: sent, params: {}, query: new Map(), cookies: new Map() })
    const inBody = broken.map((one): BrokenRule => ({ ...one, part: 'body', path: [name, 'headers', ...one.path] }))
    return { headers: values.header ?? {}, broken: inBody }
  }
}
