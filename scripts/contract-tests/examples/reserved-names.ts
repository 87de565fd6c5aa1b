/** What a request of a reserved name needs of its operation: security to be refused by, a body to be too large, or nothing. */
export type Need = 'security' | 'body' | 'nothing'

/**
 * The names of examples that say themselves how to get the answer: an answer's example of such a name needs no request
 * of the same name. The README describes them.
 */
export const reservedNames = {
  noToken: 'security',
  otherScheme: 'security',
  unknownToken: 'security',
  tooLarge: 'body',
  compressed: 'body',
  unexpected: 'nothing',
  tooMany: 'nothing',
  unavailable: 'nothing'
} as const satisfies Record<string, Need>

/** Those that no request leads to: it takes many logins, or a database that is away. */
export const neverAsked = ['tooMany', 'unavailable'] as const satisfies (keyof typeof reservedNames)[]

/** A name that has a meaning of its own. */
export type ReservedName = keyof typeof reservedNames

export const isNeverAsked = (name: string): name is (typeof neverAsked)[number] => neverAsked.some(one => one === name)

export const isReserved = (name: string): name is ReservedName => Object.hasOwn(reservedNames, name)
