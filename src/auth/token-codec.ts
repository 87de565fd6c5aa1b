import type { UserInDB } from './user.js'

/** How access tokens are made and read. Write one of these for JWTs or for sessions. */
export interface TokenCodec {
  /** An access token for a user, who has proved who they are, and the scopes that the client asks for. */
  issue(user: UserInDB, scopes: readonly string[]): Promise<string>
  /** The username that a token stands for, or `undefined` if it is not a token of ours, has expired or was revoked. */
  decode(token: string): Promise<string | undefined>
}
