import type { Client } from './client.js'
import type { HeaderValue } from './reply.js'
import type { RequestedOperation } from './request.js'

/** An operation of a contract, as openapi-typescript writes it into `operations`. */
export interface OperationTypes {
  parameters: { query?: unknown; header?: unknown; path?: unknown; cookie?: unknown }
  requestBody?: unknown
  responses: object
}

/** The names of an operation's parameters that have a default, by where they are: see `generated/`. */
export interface Defaults {
  query?: string
  header?: string
  cookie?: string
}

type Content<O extends OperationTypes> = NonNullable<O['requestBody']> extends { content: infer C } ? C : never

// A part of a request is there only if the contract declares it; `object` adds nothing to an intersection.
type Part<Name extends string, Value> = [Value] extends [never] ? object : Readonly<Record<Name, Value>>

type IsOptional<O extends OperationTypes> = undefined extends O['requestBody'] ? true : false

// What the server reads of a body, by its media type: see `isJson`.
type Essence<MediaType> = MediaType extends string
  ? Lowercase<MediaType> extends `${infer Type};${string}`
    ? Type
    : Lowercase<MediaType>
  : never
type IsJson<MediaType> = Essence<MediaType> extends `${string}/json` | `${string}+json` ? true : false
type JsonIn<C> = keyof { [MediaType in keyof C as IsJson<MediaType> extends true ? MediaType : never]: unknown }
type FormsIn<C> = keyof {
  [MediaType in keyof C as Essence<MediaType> extends 'application/x-www-form-urlencoded' ? MediaType : never]: unknown
}

// A body is there for sure only if it is required, and there is no other kind of media types.
type BodyPart<Name extends string, C, MediaTypes, Optional> = [C] extends [never]
  ? object
  : [MediaTypes] extends [never]
    ? object
    : Readonly<
        Record<
          Name,
          | C[MediaTypes & keyof C]
          | ([Optional, Exclude<keyof C, MediaTypes>] extends [false, never] ? never : undefined)
        >
      >

type LowerCased<Headers> = { [Name in keyof Headers as Lowercase<Name & string>]: Headers[Name] }

// What isn't sent and has a default is there all the same.
type Filled<Values, Names> = [Names] extends [never]
  ? Values
  : [Values] extends [never]
    ? never
    : { [Name in keyof Values as Name extends Names ? Name : never]-?: Exclude<Values[Name], undefined> } & {
        [Name in keyof Values as Name extends Names ? never : Name]: Values[Name]
      }

type Names<D extends Defaults, Where extends keyof Defaults> = Where extends keyof D ? NonNullable<D[Where]> : never

/**
 * What a handler gets: the parts of the request that the contract declares for the operation, and nothing else, each
 * validated and of the declared type; the client; the operation; the id by which the request is found in the log; and a
 * signal that is aborted when the client has gone, or the time for the reply is over. `user` is what the handler of its security scheme vouches for, and `granted` are the scopes that were
 * granted; both are there only if the operation asks for security.
 */
export type OperationRequest<O extends OperationTypes, User, D extends Defaults = object> = Part<
  'params',
  NonNullable<O['parameters']['path']>
> &
  Part<'query', Filled<NonNullable<O['parameters']['query']>, Names<D, 'query'>>> &
  Part<'headers', LowerCased<Filled<NonNullable<O['parameters']['header']>, Names<D, 'header'>>>> &
  Part<'cookies', Filled<NonNullable<O['parameters']['cookie']>, Names<D, 'cookie'>>> &
  BodyPart<'form', Content<O>, FormsIn<Content<O>>, IsOptional<O>> &
  BodyPart<'body', Content<O>, JsonIn<Content<O>>, IsOptional<O>> &
  Part<'user', User> &
  Part<'granted', [User] extends [never] ? never : readonly string[]> &
  Readonly<Record<'client', Client>> &
  Readonly<Record<'id', string>> &
  Readonly<Record<'operation', RequestedOperation>> &
  Readonly<Record<'signal', AbortSignal>>

/** What vouches for the caller: that of the scheme, of each of several, `undefined` where anybody is let in. */
export type UserOf<Scheme, Users> = Scheme extends undefined
  ? undefined
  : Scheme extends keyof Users
    ? Users[Scheme]
    : never

type Status<Key> = Key extends number ? Key : number

// A header that can have only one value is written by the server; the others are the handler's.
type IsOne<T, All = T> = T extends unknown ? ([All] extends [T] ? true : false) : never
type IsConstant<T> = [T] extends [string] ? (string extends T ? false : IsOne<T>) : false
// Without a schema a header may have any value that can be written.
type ValueOf<T> = unknown extends T ? HeaderValue : T
type HeaderValues<Headers> = {
  [
    Name in keyof Headers as string extends Name ? never : IsConstant<Headers[Name]> extends true ? never : Name
  ]: ValueOf<Headers[Name]>
} & {
  [
    Name in keyof Headers as string extends Name ? never : IsConstant<Headers[Name]> extends true ? Name : never
  ]?: Headers[Name]
}
type HeadersPart<Headers> =
  object extends HeaderValues<Headers>
    ? { readonly headers?: HeaderValues<Headers> }
    : { readonly headers: HeaderValues<Headers> }

// A range of media types is that of a handler's choice.
type Chosen<MediaType> = MediaType extends '*/*'
  ? string
  : MediaType extends `${infer Type}/*`
    ? `${Type}/${string}`
    : MediaType

// The media type of JSON is said by the contract where there is no other.
type ContentPart<C> = [IsOne<keyof C>, IsJson<keyof C>] extends [true, true]
  ? { readonly mediaType?: keyof C; readonly body: C[keyof C] }
  : { [MediaType in keyof C]: { readonly mediaType: Chosen<MediaType>; readonly body: C[MediaType] } }[keyof C]

/** A reply with a status, whose headers and body are those of a Response Object of the contract. */
export type ReplyWith<Key, Response> = { readonly status: Status<Key> } & HeadersPart<
  Response extends { headers: infer H } ? H : object
> &
  (Response extends { content: infer C }
    ? [C] extends [never]
      ? { readonly body?: undefined }
      : ContentPart<C>
    : object)

/** What the handler of an operation may reply: any of the responses that the contract declares, and no other. */
export type OperationReply<O extends OperationTypes> = [O['responses']] extends [never]
  ? never
  : { [Key in keyof O['responses']]: ReplyWith<Key, O['responses'][Key]> }[keyof O['responses']]

/** A handler: a function from a request to a reply, both as the contract declares them. */
export type OperationHandler<O extends OperationTypes, User, Services, D extends Defaults = object> = (
  request: OperationRequest<O, User, D>,
  services: Services
) => Promise<OperationReply<O>>
