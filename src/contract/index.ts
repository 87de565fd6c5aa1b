/**
 * The engine: serves a contract. Reads and checks an OpenAPI document, holds it against the code, and makes a middleware
 * of both. It knows no operation, no user and no generated type; this file is its only door.
 *
 * @example
 * const contract = await readContract('openapi.yaml')
 * const around = { problems, readBody, addressOf, idOf, onUnexpected, mode, patience: 30_000, heartbeat: 15_000 }
 * const backend = createBackend({ contract, handlers, services, ...around })
 * express().use(backend)
 */

// Reading: `readContract` of a file, `parseContract` of a text; both find what is wrong before anything is served.
export { parseContract, readContract } from './read-contract.js'
export { compileContract } from './compiled-contract.js'
export { ContractError, type Finding } from './document/finding.js'
export type { Check, Contract } from './openapi/contract.js'

// Checking the contract against the code.
export type { Code } from './checks/code.js'
export { compileFindings } from './checks/compile-findings.js'
export { conformanceFindings } from './checks/conformance.js'
export { advice } from './checks/advice.js'
export type { Note } from './openapi/note.js'

// Serving.
export { type Backend, createBackend } from './serve/backend.js'
export type { BackendOptions, Handlers, IsFile, Mode } from './serve/backend-options.js'
export { formalSecurity } from './serve/mock/formal-security.js'
export type { BrokenRule, Problem, Problems, Words } from './problems.js'
export type { AddressOf, Client, IdOf } from './serve/client.js'
export { operationsAt } from './serve/operations-at.js'
export type { Middleware } from './serve/middleware.js'
export { addToVary } from './serve/vary.js'
export { hasCredentials } from './serve/protective-headers.js'
export type { Reply } from './serve/reply.js'
export { ReplyError } from './serve/reply-error.js'
export { BodyStream } from './serve/body-stream.js'
export { isAwaited } from './serve/is-awaited.js'
export { RefusedBodyError } from './serve/refused-body-error.js'
export type { ReceivedFile } from './serve/received-file.js'
export type { Body, RequestedOperation } from './serve/request.js'
export type { SentField, SentPart } from './serve/sent-part.js'
export { fileProperties } from './serve/file-properties.js'
export type { RoutedMessage } from './serve/routed-message.js'
export type {
  Authenticated,
  BasicCredentials,
  Refusal,
  SecurityHandler,
  SecurityOutcome,
  SecurityRequest
} from './serve/security.js'

// The types of handlers, made of the interfaces that openapi-typescript writes.
export type {
  Defaults,
  HandlerMap,
  OperationHandler,
  OperationRequest,
  OperationTypes,
  UserOf
} from './serve/handler.js'
export type { OperationReply, ReplyWith } from './serve/operation-reply.js'
export type { ServerEvent } from './serve/reply-body-types.js'

// Typed access to what a contract says, for tools: the same reading that the server goes by.
export { pointer, pointerOfFragment, tokensOf } from './document/pointer.js'
export { targetOf, valueAt } from './document/reference.js'
export { childOf, isRecord } from './document/record.js'
export { entriesOf, find, follow, type Node, placeOf, referred, rootOf, within } from './openapi/node.js'
export { methods, type OperationObject, operationsOf } from './openapi/operation-object.js'
export { defaultOf, nameOf, type ParameterAt, type ParameterLocation, parametersOf } from './openapi/parameter.js'
export { type BodyKind, bodyKindOf, essenceOf, formMediaType, isJson, isRange } from './openapi/media-type.js'
export { declaredBody, type DeclaredBody, requestBodyOf, type RequestBodyAt } from './openapi/request-body.js'
export { responseKey } from './openapi/response-key.js'
export { severalMediaTypes } from './openapi/several-media-types.js'
export { canStandIn, getBeside } from './openapi/head-operation.js'
export { evaluatorOf } from './openapi/evaluator-of.js'
export { type Direction, unwantedNames } from './schema/unwanted.js'
export { holds, type Holds, mapSubschemas, type Subschema, subschemasOf } from './schema/schema-keywords.js'
export {
  allScopes,
  declaredScopes,
  type RequiredScheme,
  type Security,
  securityOf,
  securityScheme,
  securitySchemeNames
} from './openapi/security-requirement.js'
export { challengeOf } from './openapi/challenge.js'
export { securityKind } from './openapi/security-kind.js'
export { basePathsOf } from './openapi/server.js'
export { authorityUrls } from './openapi/authority-urls.js'
export { namedUrls, pageDocument } from './openapi/page-document.js'
export { servedDocument } from './openapi/served-document.js'
export { tokenOperation, tokenOperations } from './openapi/token-url.js'
export { type Kind, walk } from './openapi/walk.js'
