import * as fc from 'fast-check'
import { declaredBody, formMediaType, isRecord, type RequestBodyAt } from '../../src/contract/index.js'

/** A media type, and how to write in it what was meant for another. */
export interface ForeignBody {
  readonly mediaType: string
  /** @param written the value as it would have been sent */
  readonly write: (value: unknown, written: string) => string
}

const asWritten = (_value: unknown, written: string): string => written

const asForm = (value: unknown): string => {
  const fields = new URLSearchParams()
  for (const [name, one] of Object.entries(isRecord(value) ? value : {})) fields.append(name, String(one))
  return fields.toString()
}

const asMultipart = (value: unknown): string =>
  Object.entries(isRecord(value) ? value : {})
    .map(([name, one]) => `--x\r\nContent-Disposition: form-data; name="${encodeURI(name)}"\r\n\r\n${String(one)}\r\n`)
    .join('')
    .concat('--x--\r\n')

const bodies: readonly ForeignBody[] = [
  { mediaType: 'text/plain', write: asWritten },
  { mediaType: 'application/octet-stream', write: asWritten },
  { mediaType: `${formMediaType}x`, write: asWritten },
  { mediaType: 'application/json', write: value => JSON.stringify(value) },
  { mediaType: formMediaType, write: asForm },
  { mediaType: 'multipart/form-data; boundary=x', write: asMultipart }
]

const foreignTo = (declared: RequestBodyAt): ForeignBody[] =>
  bodies.filter(({ mediaType }) => declaredBody(declared, mediaType) === undefined)

/** Whether there is a media type that isn't declared. */
export const hasForeign = (declared: RequestBodyAt): boolean => foreignTo(declared).length > 0

/** Bodies of media types other than the declared ones: with what would be right, so that careless servers take them. */
export const foreignBody = (declared: RequestBodyAt): fc.Arbitrary<ForeignBody> =>
  fc.constantFrom(...foreignTo(declared))
