import type { OperationTypes } from './handler.js'
import type { DatedHeader } from './header-fields.js'
import type { Chosen, IsOne, IsRange } from './media-type-types.js'
import type { HeaderValue } from './reply.js'
import type { BodyOf, LengthPart } from './reply-body-types.js'

type Status<Key> = Key extends number ? Key : number

// A header that can have only one value is written by the server; the others are the handler's.
type IsConstant<T> = [T] extends [string] ? (string extends T ? false : IsOne<T>) : false
// Without a schema a header may have any value that can be written. Of cookies there may be several, each a field.
type ValueOf<Name, T> = unknown extends T
  ? HeaderValue
  : Lowercase<Name & string> extends 'set-cookie'
    ? T extends readonly unknown[]
      ? Listed<T>
      : T | readonly T[]
    : string extends T
      ? T | (Lowercase<Name & string> extends DatedHeader ? Date : never)
      : Listed<T>
type Listed<T> = T extends readonly (infer Item)[] ? readonly Item[] : T
type HeaderValues<Headers> = {
  [
    Name in keyof Headers as string extends Name ? never : IsConstant<Headers[Name]> extends true ? never : Name
  ]: ValueOf<Name, Headers[Name]>
} & {
  [
    Name in keyof Headers as string extends Name ? never : IsConstant<Headers[Name]> extends true ? Name : never
  ]?: Headers[Name]
}
type HeadersPart<Headers> =
  object extends HeaderValues<Headers>
    ? { readonly headers?: HeaderValues<Headers> }
    : { readonly headers: HeaderValues<Headers> }

// A body, and how many bytes it has where it comes bit by bit.
type BodyPart<MediaType, Value> = { readonly body: BodyOf<MediaType, Value> } & LengthPart<MediaType>

// The bodies of which the client chooses one, each made only if it is that one.
type Offers<C> = {
  readonly [MediaType in keyof C as Chosen<MediaType> & string]?: () =>
    BodyOf<MediaType, C[MediaType]> | Promise<BodyOf<MediaType, C[MediaType]>>
}

// The media type is said by the contract where there is no other.
type ContentPart<C> = [IsOne<keyof C>, IsRange<keyof C>] extends [true, false]
  ? { readonly mediaType?: keyof C } & BodyPart<keyof C, C[keyof C]>
  : | {
        [MediaType in keyof C]: { readonly mediaType: Chosen<MediaType> } & BodyPart<MediaType, C[MediaType]>
      }[keyof C]
    | { readonly bodies: Offers<C> }

// By HTTP there is none, whatever is declared (RFC 9110 §15.3.5, §15.4.5).
type Bodiless = 204 | 304

/** A reply with a status, whose headers and body are those of a Response Object of the contract. */
export type ReplyWith<Key, Response> = { readonly status: Status<Key> } & HeadersPart<
  Response extends { headers: infer H } ? H : object
> &
  (Key extends Bodiless
    ? { readonly body?: undefined }
    : Response extends { content: infer C }
      ? [C] extends [never]
        ? { readonly body?: undefined }
        : ContentPart<C>
      : object)

/** What the handler of an operation may reply: any of the responses that the contract declares, and no other. */
export type OperationReply<O extends OperationTypes> = [O['responses']] extends [never]
  ? never
  : { [Key in keyof O['responses']]: ReplyWith<Key, O['responses'][Key]> }[keyof O['responses']]
