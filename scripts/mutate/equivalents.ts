import type { Edit } from './edit.js'

/** An edit that changes nothing that a client could see: nothing can notice it, so that it doesn't count. */
export interface Equivalent extends Pick<Edit, 'object' | 'what'> {
  readonly why: string
}

/** Kept short: an edit belongs here only if no test could be written that notices it. */
export const equivalents: readonly Equivalent[] = [
  { object: '', what: 'remove `servers`', why: 'Left out there is one, with the URL `/` (OpenAPI 3.1 §4.8.1).' },
  {
    object: '/components/requestBodies/PasswordGrant/content/application~1x-www-form-urlencoded/encoding/scope',
    what: 'remove `explode`',
    why: 'Left out it is `false`, for every style but `form` (OpenAPI 3.1 §4.8.15).'
  },
  {
    object: '/components/schemas/UserInDB/allOf/1',
    what: 'change `type` to ["object","null"]',
    why: 'The other schema of the `allOf` lets in objects only.'
  }
]
