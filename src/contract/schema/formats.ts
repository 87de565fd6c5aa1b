import ajvFormats from 'ajv-formats/dist/formats.js'

const ofText =
  (test: (text: string) => boolean) =>
  (value: unknown): boolean =>
    typeof value !== 'string' || test(value)

const int32 = (value: unknown): boolean =>
  typeof value !== 'number' || !Number.isInteger(value) || (value >= -(2 ** 31) && value < 2 ** 31)

// What a JSON number of this size says is lost already: it stands for its neighbours, too.
const int64 = (value: unknown): boolean =>
  typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value)

type Format = (typeof ajvFormats.fullFormats)[keyof typeof ajvFormats.fullFormats]

const testOf = (format: Format): ((value: unknown) => boolean) | undefined => {
  if (format instanceof RegExp) return ofText(text => format.test(text))
  if (typeof format === 'function') return ofText(format)
  if (typeof format === 'object' && 'validate' in format) {
    const { validate, type } = format
    if (type === 'number') return undefined
    if (validate instanceof RegExp) return ofText(text => validate.test(text))
    if (typeof validate === 'function') return ofText(text => Boolean((validate as (text: string) => unknown)(text)))
  }
  return undefined
}

const { 'date-time': dateTime, byte, uri } = ajvFormats.fullFormats
const isDateTime = testOf(dateTime)
const isByte = testOf(byte)
const isUri = testOf(uri)

/**
 * The formats that assert something, by their names: those of JSON Schema 2020-12 Validation §7.3 as ajv-formats has
 * them, and `int32` and `int64` of OpenAPI's registry. Each says of any value whether it is of the format.
 */
export const formats: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ...Object.entries(ajvFormats.fullFormats).flatMap(([name, format]) => {
    const test = testOf(format)
    return test ? [[name, test] as const] : []
  }),
  // ajv-formats takes a blank for the `T`, and each line for a text of its own.
  ['date-time', ofText(text => /^[^\s]+$/.test(text) && isDateTime?.(text) === true)],
  ['byte', ofText(text => /^[A-Za-z0-9+/=]*$/.test(text) && isByte?.(text) === true)],
  // Its own expression takes time in proportion to the square of the length.
  ['url', ofText(text => /^(?:https?|ftp):\/\//i.test(text) && isUri?.(text) === true && URL.canParse(text))],
  ['int32', int32],
  ['int64', int64]
])
