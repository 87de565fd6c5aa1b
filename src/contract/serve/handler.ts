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

// A body is there for sure only if it is required, and of the only media type.
type BodyPart<Name extends string, C, MediaType, Optional> = [C] extends [never]
  ? object
  : MediaType extends keyof C
    ? Readonly<Record<Name, [keyof C, Optional] extends [MediaType, false] ? C[MediaType] : C[MediaType] | undefined>>
    : object

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
 * validated and of the declared type. `user` is what the handler of its security scheme vouches for; it is there only
 * if the operation asks for security.
 */
export type OperationRequest<O extends OperationTypes, User, D extends Defaults = object> = Part<
  'params',
  NonNullable<O['parameters']['path']>
> &
  Part<'query', Filled<NonNullable<O['parameters']['query']>, Names<D, 'query'>>> &
  Part<'headers', LowerCased<Filled<NonNullable<O['parameters']['header']>, Names<D, 'header'>>>> &
  Part<'cookies', Filled<NonNullable<O['parameters']['cookie']>, Names<D, 'cookie'>>> &
  BodyPart<'form', Content<O>, 'application/x-www-form-urlencoded', IsOptional<O>> &
  BodyPart<'body', Content<O>, 'application/json', IsOptional<O>> &
  Part<'user', User>

/** What vouches for the caller: that of the scheme, of each of several, `undefined` where anybody is let in. */
export type UserOf<Scheme, Users> = Scheme extends undefined
  ? undefined
  : Scheme extends keyof Users
    ? Users[Scheme]
    : never

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

/** What the handler of an operation may reply: any of the responses that the contract declares, and no other. */
export type OperationReply<O extends OperationTypes> = {
  [Key in keyof O['responses']]: ReplyWith<Key, O['responses'][Key]>
}[keyof O['responses']]

/** A handler: a function from a request to a reply, both as the contract declares them. */
export type OperationHandler<O extends OperationTypes, User, Services, D extends Defaults = object> = (
  request: OperationRequest<O, User, D>,
  services: Services
) => Promise<OperationReply<O>>
