import type { IncomingHttpHeaders } from 'node:http'

/** The trace that a request is part of, and the span that it was sent in, as 32 and 16 hexadecimal digits. */
export interface Trace {
  readonly trace: string
  readonly span: string
}

const form = /^(?!ff)([\da-f]{2})-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-[\da-f]{2}(-.*)?$/

/** What a `traceparent` says (W3C Trace Context §3.2); `undefined` for none, and for one that isn't valid. */
export const traceOf = ({ traceparent }: IncomingHttpHeaders): Trace | undefined => {
  const [, version, trace, span, more] = typeof traceparent === 'string' ? (form.exec(traceparent) ?? []) : []
  if (trace === undefined || span === undefined) return undefined
  return version === '00' && more !== undefined ? undefined : { trace, span } // only later versions may have more
}
