/** The types of security handlers, by the kinds of their schemes. */
import type { SecurityHandler, UserOf } from '../../src/contract/index.js'

interface Services {
  readonly users: ReadonlyMap<string, string>
}

type Handler<Kind extends string> = SecurityHandler<Services, string, Kind>

/** A key is a text, as a token is. */
export const key: Handler<'apiKey'> = {
  kind: 'apiKey',
  refusals: [401],
  authenticate: ({ credentials }, { users }) => {
    const user = users.get(credentials ?? '')
    return Promise.resolve(user === undefined ? undefined : { user })
  }
}

/** Basic has two parts. */
export const basic: Handler<'basic'> = {
  kind: 'basic',
  refusals: [401],
  authenticate: ({ credentials }, { users }) =>
    Promise.resolve(
      credentials && users.get(credentials.username) === credentials.password
        ? { user: credentials.username }
        : undefined
    )
}

export const unchecked: Handler<'bearer'> = {
  kind: 'bearer',
  refusals: [401],
  // @ts-expect-error nothing may have been sent
  authenticate: ({ credentials }) => Promise.resolve({ user: credentials.trim() })
}

export const together: Handler<'basic'> = {
  kind: 'basic',
  refusals: [401],
  // @ts-expect-error it has two parts
  authenticate: ({ credentials }) => Promise.resolve({ user: credentials ?? '' })
}

export const apart: Handler<'digest'> = {
  kind: 'digest',
  refusals: [401],
  // @ts-expect-error what follows the name of the scheme is a text
  authenticate: ({ credentials }) => Promise.resolve({ user: credentials?.username ?? '' })
}

// @ts-expect-error the scheme is of another kind
export const other: Handler<'apiKey'> = basic

/** A certificate comes from somewhere. */
export const certified: Handler<'mutualTLS'> = {
  kind: 'mutualTLS',
  refusals: [401],
  certificate: headers => headers['client-cert']?.toString(),
  authenticate: ({ credentials }) => Promise.resolve(credentials === undefined ? undefined : { user: credentials })
}

// @ts-expect-error nobody says from where
export const unseeing: Handler<'mutualTLS'> = {
  kind: 'mutualTLS',
  refusals: [401],
  authenticate: () => Promise.resolve(undefined)
}

/** Handlers of all kinds are handlers. */
export const all: readonly SecurityHandler<Services, unknown>[] = [key, basic, certified]

interface Users {
  Key: string
  Staff: number
}

/** Who is let in by one of several, or is nobody. */
export const user = (one: UserOf<'Key' | 'Staff' | undefined, Users>): string | number | undefined => one

// @ts-expect-error it may be nobody
export const somebody = (one: UserOf<'Key' | undefined, Users>): string => one
