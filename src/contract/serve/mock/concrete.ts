import { closeness, mediaRange } from '../accept.js'

/** A media type to send for a declared one that is a range: one that the `Accept` header names, else a common one. */
export const concrete = (declared: string, accept = ''): string => {
  if (!declared.includes('*')) return declared
  const range = mediaRange(declared)
  if (!range) return declared
  const isNamed = (text: string): boolean => {
    const named = mediaRange(text)
    return named !== undefined && !text.includes('*') && closeness(named, range) > 0
  }
  const named = accept.split(',').find(isNamed)
  if (named !== undefined) return named.split(';', 1)[0]?.trim() ?? declared
  return range.type === 'text'
    ? 'text/plain'
    : range.type === '*'
      ? 'application/json'
      : `${range.type}/${anySubtype(range.type)}`
}

const anySubtype = (type: string): string => ({ application: 'json', image: 'png' })[type] ?? 'octet-stream'
