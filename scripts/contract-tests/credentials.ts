import { type Contract, type OperationObject, pointer } from '../../src/contract/index.js'
import { securityOf } from './examples/example-pairs.js'
import { unknownToken } from './named-requests.js'

/** Credentials that let nobody in, made of a token that would. */
export const refused = {
  'no credentials': (): Record<string, string> => ({}),
  'an empty header': () => ({ Authorization: '' }),
  'a scheme without a token': () => ({ Authorization: 'Bearer' }),
  'a token without a scheme': (token: string) => ({ Authorization: token }),
  'a scheme and a token in one word': (token: string) => ({ Authorization: `Bearer${token}` }),
  'another scheme': (token: string) => ({ Authorization: `Basic ${token}` }),
  'a scheme that begins like the right one': (token: string) => ({ Authorization: `BearerX ${token}` }),
  'an unknown token': () => ({ Authorization: `Bearer ${unknownToken}` })
}

/** Whether an operation is asked with a bearer token: of any other scheme the tests know no credentials. */
export const isBearer = (contract: Contract, object: OperationObject): boolean =>
  securityOf(object)
    .flat()
    .every(name => {
      const { value } = contract.resolve(pointer('components', 'securitySchemes', name))
      const { type, scheme } = (value ?? {}) as { type?: string; scheme?: string }
      return type === 'oauth2' || type === 'openIdConnect' || scheme?.toLowerCase() === 'bearer'
    })
