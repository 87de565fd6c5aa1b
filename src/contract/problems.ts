import type { ParameterLocation } from './openapi/parameter.js'

/** A rule of the contract that a request breaks. Never the value that broke it, which may be a secret. */
export interface BrokenRule {
  /** The part of the request. */
  readonly part: ParameterLocation | 'body'
  /** Where in that part: the names and indices down to the value, or to what is missing or surplus. */
  readonly path: readonly string[]
  /** The keyword of JSON Schema that says the rule; `parse` for what isn't well-formed. */
  readonly keyword: string
  /** What the keyword says: `limit`, `pattern`, `allowedValues`, `missingProperty`, … */
  readonly params: Readonly<Record<string, unknown>>
  /** The rule in words, in case there are no better ones. */
  readonly message: string
  /** The JSON Pointer of the rule in the contract. */
  readonly rule: string
}

/** Why the server itself replies to a request: by its status, in words of whoever refuses it, by the rules it breaks. */
export interface Problem {
  readonly status: number
  readonly detail?: string | undefined
  readonly broken?: readonly BrokenRule[]
  /** Whether the request is one for a token, at the `tokenUrl` of a scheme: clients of OAuth2 read it (RFC 6749 §5.2). */
  readonly isTokenRequest?: boolean
  /** Tells the id of the request, for words that say it; absent where nobody knows of what request it is. */
  readonly requestId?: () => string
}

/** The words of the server's own replies in one media type. */
export interface Words {
  /** The media type of their bodies, which is JSON or written as JSON is. */
  readonly mediaType: string
  /** The body of the reply to a problem. */
  readonly body: (problem: Problem) => unknown
}

/** The words of the server's own replies. One value decides their shape, for all of them. */
export interface Problems extends Words {
  /** Words in other media types: for each status for which an operation declares one of these by its name. */
  readonly others?: readonly Words[]
  /**
   * Whether a body in a media type that an operation doesn't declare is refused (415, RFC 9110 §15.5.16), or counts as
   * no body at all.
   */
  readonly undeclaredMediaType: 'refused' | 'absent'
  /** Whether a field of a form without a value is an empty text, or counts as absent (RFC 6749 §3.2). */
  readonly emptyFormField: 'text' | 'absent'
}
