interface MediaType {
  readonly type: string
  readonly subtype: string
  readonly parameters: string
}

const parse = (text: string): MediaType & { readonly quality: number } => {
  const [name = '', ...parameters] = text.split(';').map(part => part.trim().toLowerCase())
  const [type = '', subtype = ''] = name.split('/')
  const quality = parameters.find(parameter => parameter.startsWith('q='))
  const others = parameters.filter(parameter => parameter !== quality)
  const value = quality === undefined ? 1 : Number(quality.slice(2))
  return { type, subtype, parameters: others.sort().join(';'), quality: Number.isNaN(value) ? 0 : value }
}

/** How closely a range fits a declared media type, which may be a range itself; 0 if it doesn't (RFC 9110 §12.5.1). */
const closeness = (range: MediaType, declared: MediaType): number => {
  const any = (one: string, other: string): boolean => one === '*' || other === '*'
  if (range.type !== declared.type) return any(range.type, declared.type) ? 1 : 0
  if (range.subtype !== declared.subtype) return any(range.subtype, declared.subtype) ? 2 : 0
  if (range.parameters === declared.parameters) return 4
  return range.parameters === '' || declared.parameters === '' ? 3 : 0
}

/** The declared media types that an `Accept` header takes, the most wanted first; all of them without a header. */
export const acceptable = (accept: string | undefined, declared: readonly string[]): string[] => {
  if (accept === undefined || accept.trim() === '') return [...declared]
  const ranges = accept.split(',').map(parse)
  return declared
    .map(name => {
      const type = parse(name)
      const fitting = ranges.map(range => ({ close: closeness(range, type), quality: range.quality }))
      const closest = fitting.reduce((best, one) => (one.close > best.close ? one : best), { close: 0, quality: 0 })
      return { name, quality: closest.quality }
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ name }) => name)
}

/** A media type to send for a declared one that is a range: one that the `Accept` header names, else a common one. */
export const concrete = (declared: string, accept = ''): string => {
  if (!declared.includes('*')) return declared
  const range = parse(declared)
  const named = accept.split(',').find(text => !text.includes('*') && closeness(parse(text), range) > 0)
  if (named?.includes('/')) return named.split(';', 1)[0]?.trim() ?? declared
  return range.type === 'text'
    ? 'text/plain'
    : range.type === '*'
      ? 'application/json'
      : `${range.type}/${anySubtype(range.type)}`
}

const anySubtype = (type: string): string => ({ application: 'json', image: 'png' })[type] ?? 'octet-stream'
