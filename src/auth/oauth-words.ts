/** Why a request for a token is refused (RFC 6749 §5.2). */
export type TokenError = 'invalid_grant' | 'invalid_scope' | 'invalid_request' | 'unsupported_grant_type'

/** What OAuth clients read of a refusal, beside its `detail`. */
export interface OAuthWords {
  /** The fields of a body (RFC 6749 §5.2). */
  fields(error: TokenError, description: string): { readonly error?: TokenError; readonly error_description?: string }
  /** The headers of a 401 for a token that isn't good (RFC 6750 §3.1). */
  challenge(description: string): Readonly<Record<string, string>>
}

/** The standard's words. */
export const oauthWords: OAuthWords = {
  fields: (error, description) => ({ error, error_description: description }),
  challenge: description => ({
    'WWW-Authenticate': `Bearer error="invalid_token", error_description="${description}"`
  })
}
