/** A media type, or a range of them, as `Accept` and contracts have them. */
interface MediaRange {
  readonly type: string
  readonly subtype: string
  /** Written in one way: names and values in lower case, values without quotes. */
  readonly parameters: readonly string[]
}

interface Wanted extends MediaRange {
  readonly quality: number
}

const token = String.raw`[\w!#$%&'*+.^|~\x60-]+`
const value = String.raw`(?:${token}|"(?:[^"\\]|\\.)*")`
const range = new RegExp(String.raw`^(${token})/(${token})((?:\s*;\s*${token}\s*=\s*${value})*)\s*;?$`)
const pair = new RegExp(String.raw`${token}\s*=\s*${value}`, 'g')
const weight = /^(?:0\.?|0?\.\d{1,3}|1(?:\.0{0,3})?)$/ // without the zero, too: so do old clients

/** A media type, or a range of them, taken apart; `undefined` if it is none. */
export const mediaRange = (text: string): MediaRange | undefined => {
  const [, type, subtype, parameters = ''] = range.exec(text.trim()) ?? []
  if (type === undefined || subtype === undefined || (type === '*' && subtype !== '*')) return undefined
  const all = parameters.match(pair) ?? []
  const written = all.map(one =>
    one
      .replace(/\s*=\s*"?/, '=')
      .replace(/"$/, '')
      .toLowerCase()
  )
  return { type: type.toLowerCase(), subtype: subtype.toLowerCase(), parameters: written }
}

/** The media ranges of an `Accept` header (RFC 9110 §12.5.1), without those that are malformed. */
const wantedIn = (accept: string): Wanted[] =>
  // A comma between quotes belongs to a value.
  (accept.match(/(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g) ?? []).flatMap(text => {
    const found = mediaRange(text)
    if (!found) return []
    const at = found.parameters.findIndex(one => one.startsWith('q='))
    if (at < 0) return [{ ...found, quality: 1 }]
    const said = found.parameters[at]?.slice(2) ?? ''
    if (!weight.test(said)) return []
    return [{ ...found, parameters: found.parameters.slice(0, at), quality: Number(said) }]
  })

/**
 * How closely a range fits a media type, which may be a range itself; 0 if it doesn't. All texts are in UTF-8: who asks
 * for that asks for nothing more.
 */
export const closeness = (wanted: MediaRange, { type, subtype, parameters }: MediaRange): number => {
  if (wanted.type !== type) return wanted.type === '*' || type === '*' ? 1 : 0
  if (wanted.subtype !== subtype) return wanted.subtype === '*' || subtype === '*' ? 2 : 0
  const asked = wanted.parameters.filter(one => one !== 'charset=utf-8')
  return asked.every(one => parameters.includes(one)) ? 3 + asked.length : 0
}

/**
 * The media types that an `Accept` header takes, the most wanted first: by their weight, then by how closely they are
 * named, then in their own order. All of them without a header, or with one of which nothing can be read.
 */
export const acceptable = (accept: string | undefined, mediaTypes: readonly string[]): string[] => {
  const wanted = wantedIn(accept ?? '')
  if (wanted.length === 0) return [...mediaTypes]
  return mediaTypes
    .map(name => {
      const mediaType = mediaRange(name)
      const fitting = wanted.map(one => ({ quality: one.quality, close: mediaType ? closeness(one, mediaType) : 0 }))
      const best = fitting.reduce((closest, one) => (one.close > closest.close ? one : closest), {
        quality: 0,
        close: 0
      })
      return { name, ...best }
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality || other.close - one.close)
    .map(({ name }) => name)
}
