import {
  bodyKindOf,
  type Contract,
  essenceOf,
  fileProperties,
  find,
  isRange,
  isRecord,
  type Node,
  type OperationObject,
  requestBodyOf
} from '../../src/contract/index.js'
import { requiredHeaders } from './part-headers.js'
import { Repeated, textOf } from './style.js'

const boundary = 'part-of-a-contract-test'

const kinds: Readonly<Record<string, string>> = {
  '*': 'application/octet-stream',
  image: 'image/png',
  text: 'text/plain'
}

/** A media type to send for one that is declared, or for a range of them. */
export const sentMediaType = (declared: string): string => {
  if (bodyKindOf(declared) === 'multipart') return `multipart/form-data; boundary=${boundary}`
  if (!isRange(declared)) return declared
  const [type = '*'] = essenceOf(declared).split('/', 1)
  return kinds[type] ?? `${type}/octet-stream`
}

/** A body in `multipart/form-data`, its fields before its files. */
export const multipartText = (
  contract: Contract,
  object: OperationObject,
  { mediaType, value }: { readonly mediaType: string; readonly value: unknown }
): string => {
  const at = requestBodyOf(contract, object)?.contents.get(mediaType)?.pointer ?? ''
  const { isFile } = fileProperties(contract, at)
  const headOf = (name: string): string => {
    const encoding = find({ contract, ...contract.resolve(at) }, 'encoding', name)
    const file = isFile(name) ? `; filename="file"\r\nContent-Type: ${fileType(encoding)}` : ''
    return [`Content-Disposition: form-data; name="${quoted(name)}"${file}`, ...requiredHeaders(encoding)].join('\r\n')
  }
  return Object.entries(isRecord(value) ? value : {})
    .flatMap(([name, one]) => valuesIn(one).map(part => ({ name, text: textOf(part) })))
    .sort((a, b) => Number(isFile(a.name)) - Number(isFile(b.name)))
    .map(({ name, text }) => `--${boundary}\r\n${headOf(name)}\r\n\r\n${text}\r\n`)
    .join('')
    .concat(`--${boundary}--\r\n`)
}

const fileType = (encoding: Node | undefined): string => {
  const said = find(encoding, 'contentType')?.value
  return sentMediaType(typeof said === 'string' ? (said.split(',', 1)[0] ?? '').trim() : 'application/octet-stream')
}

const valuesIn = (value: unknown): readonly unknown[] =>
  value instanceof Repeated ? value.values.flatMap(valuesIn) : Array.isArray(value) ? value : [value]

// As browsers do (HTML, "multipart/form-data encoding algorithm").
const quoted = (name: string): string =>
  name.replaceAll('\\', '%5C').replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22')
