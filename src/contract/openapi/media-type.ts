/** The media type of HTML forms. */
export const formMediaType = 'application/x-www-form-urlencoded'

/** The media type of JSON. */
export const jsonMediaType = 'application/json'

/** Whether a media type is JSON, or written as JSON is (`application/problem+json`). */
export const isJson = (mediaType = ''): boolean => /^application\/(.+\+)?json\s*(;|$)/i.test(mediaType)

/** The media types of request bodies that can be read. */
export const readableMediaTypes: ReadonlySet<string> = new Set([formMediaType, jsonMediaType])
