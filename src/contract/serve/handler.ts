import type { Readable } from 'node:stream'
import type { Client } from './client.js'
import type { ReceivedFile } from './received-file.js'
import type { Chosen, Essence, IsJson, IsOne, IsRange } from './media-type-types.js'
import type { OperationReply } from './operation-reply.js'
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

type Content<O extends OperationTypes> = [NonNullable<O['requestBody']>] extends [never]
  ? never
  : NonNullable<O['requestBody']> extends { content: infer C }
    ? C
    : never

// A part of a request is there only if the contract declares it; `object` adds nothing to an intersection.
type Part<Name extends string, Value> = [Value] extends [never] ? object : Readonly<Record<Name, Value>>

type IsOptional<O extends OperationTypes> = undefined extends O['requestBody'] ? true : false

// What the server reads of a body, by its media type: see `bodyKindOf`.
type Kind<MediaType> =
  IsJson<MediaType> extends true
    ? 'json'
    : Essence<MediaType> extends 'application/x-www-form-urlencoded'
      ? 'form'
      : Essence<MediaType> extends 'multipart/form-data'
        ? 'multipart'
        : Essence<MediaType> extends `text/${string}`
          ? 'text'
          : 'stream'

// What the body is in, by what it is read as.
interface Received<Value, Files extends string> {
  form: { form: Value }
  json: { body: Value }
  text: { body: Value extends string ? Value : string }
  multipart: { form: Omit<Value, Files>; files: AsyncIterable<ReceivedFile<Files>> }
  stream: { body: Readable }
}
type ReceivedIn<MediaType, Value, Files extends string> = Received<Value, Files>[Kind<MediaType>]

type Names<T> = T extends unknown ? keyof T : never
type Absent<All extends PropertyKey> = Readonly<Partial<Record<All, undefined>>>
type OrAbsent<T, Optional> = Optional extends true ? { readonly [Name in keyof T]: T[Name] | undefined } : Readonly<T>
// One of several media types: all names are there, so that a handler can take them apart in its first line.
type Told<MediaType, T, All extends PropertyKey> = Readonly<T & { mediaType: Chosen<MediaType> }> &
  Absent<Exclude<All, keyof T>>

type BodyPart<C, Optional, Files extends string> = [C] extends [never]
  ? object
  : [IsOne<keyof C>, IsRange<keyof C>] extends [true, false]
    ? OrAbsent<ReceivedIn<keyof C, C[keyof C], Files>, Optional>
    : | { [M in keyof C]: Told<M, ReceivedIn<M, C[M], Files>, NamesIn<C, Files>> }[keyof C]
      | (Optional extends true ? Absent<NamesIn<C, Files> | 'mediaType'> : never)
type NamesIn<C, Files extends string> = Names<{ [M in keyof C]: ReceivedIn<M, C[M], Files> }[keyof C]>

type LowerCased<Headers> = { [Name in keyof Headers as Lowercase<Name & string>]: Headers[Name] }

// What isn't sent and has a default is there all the same.
type Filled<Values, Names> = [Names] extends [never]
  ? Values
  : [Values] extends [never]
    ? never
    : { [Name in keyof Values as Name extends Names ? Name : never]-?: Exclude<Values[Name], undefined> } & {
        [Name in keyof Values as Name extends Names ? never : Name]: Values[Name]
      }

type WithDefault<D extends Defaults, Where extends keyof Defaults> = Where extends keyof D
  ? NonNullable<D[Where]>
  : never

/**
 * What a handler gets: the parts of the request that the contract declares for the operation, and nothing else, each
 * validated and of the declared type; the client; the operation; the id by which the request is found in the log; and a
 * signal that is aborted when the client has gone, or the time for the reply is over. A body is `form`, `body`, or `form`
 * and `files`, by its media type; where it may be in several, `mediaType` says in which one it is. `user` is what the handler
 * of its security scheme vouches for, and `granted` are the scopes that were granted; both are there only if the operation
 * asks for security.
 */
export type OperationRequest<
  O extends OperationTypes,
  User,
  D extends Defaults = object,
  Files extends string = never
> = Part<'params', NonNullable<O['parameters']['path']>> &
  Part<'query', Filled<NonNullable<O['parameters']['query']>, WithDefault<D, 'query'>>> &
  Part<'headers', LowerCased<Filled<NonNullable<O['parameters']['header']>, WithDefault<D, 'header'>>>> &
  Part<'cookies', Filled<NonNullable<O['parameters']['cookie']>, WithDefault<D, 'cookie'>>> &
  BodyPart<Content<O>, IsOptional<O>, Files> &
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

/** A handler: a function from a request to a reply, both as the contract declares them. */
export type OperationHandler<
  O extends OperationTypes,
  User,
  Services,
  D extends Defaults = object,
  Files extends string = never
> = (request: OperationRequest<O, User, D, Files>, services: Services) => Promise<OperationReply<O>>

// One type instead of an intersection, so that the compiler names the handler that is missing.
type Whole<T> = { readonly [Name in keyof T]: T[Name] }

/** A map of all handlers, in which the operations in `Heads` may be left out: a HEAD that the handler of GET answers. */
export type HandlerMap<All, Heads> = Whole<Omit<All, keyof Heads> & Partial<All>>
