/** A media type without its parameters, in lower case: see `essenceOf`. */
export type Essence<MediaType> = MediaType extends string
  ? Lowercase<MediaType> extends `${infer Type};${string}`
    ? Type
    : Lowercase<MediaType>
  : never

/** Whether a media type is JSON: see `isJson`. */
export type IsJson<MediaType> = Essence<MediaType> extends `${string}/json` | `${string}+json` ? true : false

/** Whether it is a range of media types: see `isRange`. */
export type IsRange<MediaType> = MediaType extends `${string}/*` ? true : false

/** A declared media type as it is used: of a range of them, one of somebody's choice. */
export type Chosen<MediaType> = MediaType extends '*/*'
  ? string
  : MediaType extends `${infer Type}/*`
    ? `${Type}/${string}`
    : MediaType

/** Whether a type is no union of several. */
export type IsOne<T, All = T> = T extends unknown ? ([All] extends [T] ? true : false) : never
