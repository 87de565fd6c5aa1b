import type { operations, security } from '../../../generated/openapi.js'

/** The name of an operation of the contract. */
export type OperationId = keyof operations

type Content<Id extends OperationId> =
  NonNullable<operations[Id]['requestBody']> extends { content: infer C } ? C : never

// A part of a request is there only if the contract declares it; `object` adds nothing to an intersection.
type Part<Name extends string, Value> = [Value] extends [never] ? object : Readonly<Record<Name, Value>>

type IsOptional<Id extends OperationId> = undefined extends operations[Id]['requestBody'] ? true : false

// A body is there for sure only if it is required, and of the only media type.
type BodyPart<Name extends string, C, MediaType, Optional> = [C] extends [never]
  ? object
  : MediaType extends keyof C
    ? Readonly<Record<Name, [keyof C, Optional] extends [MediaType, false] ? C[MediaType] : C[MediaType] | undefined>>
    : object

type LowerCased<Headers> = { [Name in keyof Headers as Lowercase<Name & string>]: Headers[Name] }

type Parameters<Id extends OperationId> = operations[Id]['parameters']

/**
 * What a handler gets: the parts of the request that the contract declares for the operation, and nothing else, each
 * validated and of the declared type. `Users` maps each security scheme to what its handler vouches for; `user` is
 * there only if the operation asks for security.
 */
export type OperationRequest<Id extends OperationId, Users> = Part<'params', NonNullable<Parameters<Id>['path']>> &
  Part<'query', NonNullable<Parameters<Id>['query']>> &
  Part<'headers', LowerCased<NonNullable<Parameters<Id>['header']>>> &
  Part<'cookies', NonNullable<Parameters<Id>['cookie']>> &
  BodyPart<'form', Content<Id>, 'application/x-www-form-urlencoded', IsOptional<Id>> &
  BodyPart<'body', Content<Id>, 'application/json', IsOptional<Id>> &
  Part<'user', UserOf<security[Id], Users>>

type UserOf<Scheme, Users> = Scheme extends undefined ? undefined : Scheme extends keyof Users ? Users[Scheme] : never

type Status<Key> = Key extends number ? Key : number

// A header that can have only one value is written by the server; the others are the handler's.
type IsConstant<T> = T extends string ? (string extends T ? false : true) : false
type HeaderValues<Headers> = {
  [
    Name in keyof Headers as string extends Name ? never : IsConstant<Headers[Name]> extends true ? never : Name
  ]: Headers[Name]
} & {
  [
    Name in keyof Headers as string extends Name ? never : IsConstant<Headers[Name]> extends true ? Name : never
  ]?: Headers[Name]
}
type HeadersPart<Headers> =
  object extends HeaderValues<Headers>
    ? { readonly headers?: HeaderValues<Headers> }
    : { readonly headers: HeaderValues<Headers> }

type ContentPart<C> = [keyof C] extends ['application/json']
  ? { readonly body: C['application/json' & keyof C] }
  : { [MediaType in keyof C]: { readonly mediaType: MediaType; readonly body: C[MediaType] } }[keyof C]

/** A reply with a status, whose headers and body are those of a Response Object of the contract. */
export type ReplyWith<Key, Response> = { readonly status: Status<Key> } & HeadersPart<
  Response extends { headers: infer H } ? H : object
> &
  (Response extends { content: infer C }
    ? [C] extends [never]
      ? { readonly body?: undefined }
      : ContentPart<C>
    : object)

/** What the handler of an operation may answer: any of the answers that the contract declares, and no other. */
export type OperationReply<Id extends OperationId> = {
  [Key in keyof operations[Id]['responses']]: ReplyWith<Key, operations[Id]['responses'][Key]>
}[keyof operations[Id]['responses']]

/** A handler: a function from a request to a reply, both as the contract declares them. */
export type OperationHandler<Id extends OperationId, Services, Users> = (
  request: OperationRequest<Id, Users>,
  services: Services
) => Promise<OperationReply<Id>>

/** A handler for each operation of the contract. */
export type OperationHandlers<Services, Users> = {
  readonly [Id in OperationId]: OperationHandler<Id, Services, Users>
}
