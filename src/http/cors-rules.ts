import {
  type Contract,
  entriesOf,
  find,
  follow,
  type OperationObject,
  parametersOf,
  securityOf,
  securityScheme,
  securitySchemeNames
} from '../contract/index.js'

/** What pages of other origins may do at a path, each a list as its header has it. */
export interface CorsRules {
  /** For `Access-Control-Allow-Methods`. */
  readonly methods: string
  /** For `Access-Control-Allow-Headers`; empty if there are none to allow. */
  readonly requestHeaders: string
  /** For `Access-Control-Expose-Headers`. */
  readonly responseHeaders: string
}

/** What the server itself may say of any request. */
const always = ['Allow', 'Retry-After', 'X-Request-Id']

// Each page may read the first ones anyway (Fetch, "CORS-safelisted response-header name"), and none the last one.
const unlisted = new Set([
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
  'set-cookie'
])

/** The rules of a path, which follow from what the contract declares of its operations; none for no path of it. */
export const corsRules = (contract: Contract, operations: readonly OperationObject[] = []): CorsRules => ({
  methods: listOf(operations.map(({ method }) => method.toUpperCase())),
  requestHeaders: listOf(operations.flatMap(one => requestHeadersOf(contract, one))),
  responseHeaders: listOf([...always, ...operations.flatMap(one => responseHeadersOf(contract, one))])
})

/** Whether a security scheme of a contract is a cookie: then pages must be let send theirs. */
export const usesCookies = (contract: Contract): boolean =>
  securitySchemeNames(contract).some(name => placeOf(contract, name)?.location === 'cookie')

// Names of headers are not case-sensitive (RFC 9110 §5.1).
const listOf = (names: readonly string[]): string =>
  names.filter((name, index) => index === names.findIndex(one => one.toLowerCase() === name.toLowerCase())).join(', ')

const requestHeadersOf = (contract: Contract, operation: OperationObject): string[] => [
  ...securityOf(contract, operation).schemes.flatMap(scheme => {
    const { location, name } = placeOf(contract, scheme) ?? {}
    return location === 'header' && name !== undefined ? [name] : []
  }),
  ...(operation.operation.requestBody === undefined ? [] : ['Content-Type']),
  ...parametersOf(contract, operation).flatMap(({ parameter }) => (parameter.in === 'header' ? [parameter.name] : []))
]

const responseHeadersOf = (contract: Contract, { pointer, operation }: OperationObject): string[] =>
  entriesOf(find({ contract, pointer, value: operation }, 'responses'))
    .flatMap(([, response]) => entriesOf(find(follow(response), 'headers')))
    .flatMap(([name]) => (unlisted.has(name.toLowerCase()) ? [] : [name]))

// Where a scheme's credentials are sent (OpenAPI 3.1 §4.8.27): all but API keys are in `Authorization`.
const placeOf = (contract: Contract, name: string): { location: string; name: string } | undefined => {
  const scheme = securityScheme(contract, name)
  if (scheme?.['type'] === 'mutualTLS') return undefined
  return scheme?.['type'] === 'apiKey'
    ? { location: String(scheme['in']), name: String(scheme['name']) }
    : { location: 'header', name: 'Authorization' }
}
