import type { Contract, OperationObject } from '../../src/contract/index.js'
import {
  type Credentials,
  credentialsFor,
  inHeaders,
  isBearer,
  noCredentials,
  refusedTokens,
  schemeOf,
  together,
  unknownCredentials,
  unknownFor
} from './credentials.js'
import { alternativesOf } from './examples/example-pairs.js'

/** What somebody who is let in sends, by the names of the schemes. */
export type GoodCredentials = Readonly<Record<string, Credentials>>

/** Credentials that let nobody in to an operation, made of those of somebody who is. */
export interface RefusedCredentials {
  readonly what: string
  /** The alternative that they belong to: the schemes of which whoever sends them needs good ones, too. */
  readonly schemes: readonly string[]
  readonly make: (good: GoodCredentials) => Credentials
}

/**
 * All ways not to be let in to an operation: by nothing, by what nobody knows, by what is malformed, for each of its
 * schemes; and where several are needed at once, by all of them but one.
 *
 * @param isKnown whether somebody has good credentials for all schemes of an alternative
 */
export const refusedCredentials = (
  contract: Contract,
  object: OperationObject,
  isKnown: (schemes: readonly string[]) => boolean
): RefusedCredentials[] => {
  const alternatives = alternativesOf(contract, object)
  const first = alternatives.find(isKnown) ?? []
  if (isBearer(contract, object) && alternatives.every(({ length }) => length === 1)) {
    return Object.entries(refusedTokens).map(([what, make]) => ({
      what,
      schemes: first,
      make: good => make(tokenIn(good[first[0] ?? '']) ?? '')
    }))
  }
  const all = new Set(alternatives.flat())
  const kinds = new Set([...all].map(scheme => schemeOf(contract, scheme).kind))
  const foreign = ['Bearer', 'Basic', 'Digest'].find(scheme => !kinds.has(scheme.toLowerCase())) ?? 'Negotiate'
  // Without one of its schemes an alternative may be another one.
  const isEnough = (schemes: readonly string[]): boolean =>
    alternatives.some(one => one.every(scheme => schemes.includes(scheme)))
  return [
    { what: 'no credentials', schemes: [], make: () => noCredentials },
    { what: unknownOne, schemes: [], make: () => unknownCredentials(contract, object) },
    ...alternatives.flatMap(schemes =>
      schemes.flatMap((scheme): RefusedCredentials[] => {
        const others = schemes.filter(one => one !== scheme)
        if (isEnough(others) || (others.length > 0 && !isKnown(schemes))) return []
        const unknown: Named = [unknownOne, unknownFor(contract, scheme)]
        const bad = [
          ...(others.length > 0 ? [nothing] : []),
          ...(all.size > 1 ? [unknown] : []),
          ...malformedFor(contract, scheme, foreign)
        ]
        return bad.map(([what, sent]) => ({
          what: all.size > 1 ? `${what} for ${scheme}` : what,
          schemes: others,
          make: good => together([...others.map(one => good[one] ?? noCredentials), sent])
        }))
      })
    )
  ]
}

type Named = readonly [what: string, sent: Credentials]

const unknownOne = 'an unknown key or password'
const nothing: Named = ['no credentials', noCredentials]

const authorization = (text: string): Credentials => inHeaders({ Authorization: text })
const encoded = (text: string): string => Buffer.from(text).toString('base64')

const malformedFor = (contract: Contract, scheme: string, foreign: string): Named[] => {
  const { kind, scheme: http } = schemeOf(contract, scheme)
  const other: Named = ['another scheme', authorization(`${foreign} ${encoded('nobody:nothing')}`)]
  if (kind === 'mutualTLS') return []
  if (kind === 'apiKey') {
    const empty = credentialsFor(contract, scheme, { apiKey: '' }) ?? noCredentials
    return [['an empty key', empty], other]
  }
  return [
    ['a scheme without credentials', authorization(http)],
    other,
    ...(kind === 'basic'
      ? ([
          ['a name without a password', authorization(`Basic ${encoded('nobody')}`)],
          ['a name and a password that are not encoded', authorization('Basic nobody:nothing')],
          ['a name and a password that are no UTF-8', authorization('Basic bm9ib2R5Ov8=')]
        ] as const)
      : [])
  ]
}

/** The bearer token in credentials. */
export const tokenIn = (credentials: Credentials | undefined): string | undefined =>
  credentials?.headers['Authorization']?.slice('Bearer '.length)
