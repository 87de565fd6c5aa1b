const known: ReadonlySet<string> = new Set(
  'CONNECT DELETE GET HEAD OPTIONS PATCH POST PUT TRACE'.split(' ') // RFC 9110 §9, and RFC 5789
)

/** The method of a request; `_OTHER` for one that few know, of which there may be any number (as in OpenTelemetry). */
export const methodOf = (method = ''): string => (known.has(method) ? method : '_OTHER')
