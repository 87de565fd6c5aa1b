/** The media type of HTML forms. */
export const formMediaType = 'application/x-www-form-urlencoded'

/** The media type of forms with files (RFC 7578). */
export const multipartMediaType = 'multipart/form-data'

/** What a body is read as. */
export type BodyKind = 'form' | 'json' | 'text' | 'multipart' | 'stream'

/** What bodies in a media type that is declared, or in a range of them, are read as: streams, if nobody knows better. */
export const bodyKindOf = (mediaType: string): BodyKind => {
  const essence = essenceOf(mediaType)
  if (essence === formMediaType) return 'form'
  if (essence === multipartMediaType) return 'multipart'
  if (isJson(essence)) return 'json'
  return essence.startsWith('text/') ? 'text' : 'stream'
}

/** Whether it is a range of media types: `image/*`, `*\/*`. */
export const isRange = (mediaType: string): boolean => essenceOf(mediaType).endsWith('/*')

/** A media type without its parameters, in lower case: the part by which two are the same (RFC 9110 §8.3.1). */
export const essenceOf = (mediaType: string): string => {
  const end = mediaType.indexOf(';')
  return (end < 0 ? mediaType : mediaType.slice(0, end)).trim().toLowerCase()
}

/** Whether a media type is JSON, or written as JSON is (`application/problem+json`). */
export const isJson = (mediaType = ''): boolean => /^[\w.+-]+\/(?:[\w.+-]+\+)?json$/.test(essenceOf(mediaType))

/**
 * The key of a `content` map that a media type falls under: the most specific, as OpenAPI 3.1 §4.8.17 says. Itself, with
 * its parameters or without, else `image/*`, else `*\/*`. Of several that differ in parameters, one whose parameters it has.
 */
export const declaredMediaType = (content: ReadonlyMap<string, unknown>, mediaType: string): string | undefined => {
  if (content.has(mediaType)) return mediaType
  const essence = essenceOf(mediaType)
  const keys = [...content.keys()]
  const wanted = [essence, `${essence.split('/', 1)[0] ?? ''}/*`, '*/*']
  for (const one of wanted) {
    const [key, ...others] = keys.filter(declared => essenceOf(declared) === one)
    if (key !== undefined) return others.length > 0 ? closest([key, ...others], mediaType) : key
  }
  return undefined
}

const closest = (keys: readonly string[], mediaType: string): string | undefined => {
  const given = parametersIn(mediaType)
  const wanting = keys.map(key => ({ key, parameters: parametersIn(key) }))
  const fitting = wanting.filter(({ parameters }) => parameters.every(one => given.includes(one)))
  return fitting.sort((a, b) => b.parameters.length - a.parameters.length)[0]?.key ?? keys[0]
}

// Written in one way: names in lower case, values without quotes (RFC 9110 §5.6.6).
const parametersIn = (mediaType: string): string[] =>
  mediaType
    .split(';')
    .slice(1)
    .map(one => {
      const [name = '', value = ''] = one.split('=')
      return `${name.trim().toLowerCase()}=${value.trim().replace(/^"(.*)"$/, '$1')}`
    })
