import type { Random } from '../random.js'
import type { Draft } from './draft.js'

const hex = (size: number, random: Random): string => {
  const digits = size.toString(16)
  return (
    (random.chance(0.2) ? '0'.repeat(random.between(1, 4)) : '') + (random.chance(0.5) ? digits.toUpperCase() : digits)
  )
}

/** A body in chunks (RFC 9112 §7.1), some with extensions, some with trailers. */
const inChunks = (body: string, random: Random): string => {
  let chunks = ''
  for (let at = 0; at < body.length;) {
    const size = Math.min(body.length - at, random.chance(0.2) ? random.between(1, 3) : random.between(1, 5000))
    const extension = random.chance(0.05) ? random.pick([';a', ';a=b', ';a="b c"', ';x;y=z']) : ''
    chunks += `${hex(size, random)}${extension}\r\n${body.slice(at, at + size)}\r\n`
    at += size
  }
  const trailers = random.chance(0.1) ? random.pick(['X-Sum: 1\r\n', 'Host: other\r\nAuthorization: Bearer x\r\n']) : ''
  return `${chunks}0${random.chance(0.2) ? '000' : ''}\r\n${trailers}\r\n`
}

interface BadLength {
  readonly trait: string
  readonly lines: (length: number) => readonly string[]
}

const badLengths: readonly BadLength[] = [
  { trait: 'a length that is no number', lines: () => ['Content-Length: abc'] },
  { trait: 'a negative length', lines: () => ['Content-Length: -1'] },
  { trait: 'a length with a sign', lines: length => [`Content-Length: +${length}`] },
  { trait: 'a length in hexadecimal', lines: length => [`Content-Length: 0x${length.toString(16)}`] },
  { trait: 'a length of no digits', lines: () => ['Content-Length:'] },
  { trait: 'a length with a blank in it', lines: () => ['Content-Length: 1 1'] },
  { trait: 'an endless length', lines: () => ['Content-Length: 99999999999999999999999'] },
  { trait: 'two lengths', lines: length => [`Content-Length: ${length}`, `content-length: ${length + 1}`] },
  { trait: 'a list of lengths', lines: length => [`Content-Length: ${length}, ${length + 1}`] },
  { trait: 'a length and chunks', lines: length => [`Content-Length: ${length}`, 'Transfer-Encoding: chunked'] },
  { trait: 'chunks and a length', lines: () => ['Transfer-Encoding: chunked', 'Content-Length: 3'] },
  { trait: 'a coding after chunked', lines: () => ['Transfer-Encoding: chunked, gzip'] },
  { trait: 'a coding that is none', lines: () => ['Transfer-Encoding: xchunked'] },
  { trait: 'only another coding', lines: () => ['Transfer-Encoding: gzip'] },
  { trait: 'identity', lines: () => ['Transfer-Encoding: identity'] },
  { trait: 'a quoted coding', lines: () => ['Transfer-Encoding: "chunked"'] },
  { trait: 'chunked twice', lines: () => ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'] },
  { trait: 'chunked, then identity', lines: () => ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'] },
  { trait: 'a vertical tab', lines: () => ['Transfer-Encoding: \x0bchunked'] }
]

const badChunks: readonly string[] = [
  'x\r\n',
  '-1\r\nab\r\n',
  '3\r\nabcd\r\n0\r\n\r\n',
  '0x3\r\nabc\r\n0\r\n\r\n',
  'fffffffffffffffff\r\nabc',
  '3 \r\nabc\r\n0\r\n\r\n\x00',
  '3\nabc\n0\n\n',
  '\r\nabc\r\n0\r\n\r\n',
  '3;a\nb\r\nabc\r\n0\r\n\r\n',
  '0\r\nno colon\r\n\r\n',
  '0\r\nA : b\r\n\r\n'
]

/** Writes how long the body is: rightly, or in one of the ways that requests are smuggled by (RFC 9112 §6, §11.2). */
export const writeFraming = (draft: Draft, isLast: boolean, random: Random): void => {
  const { length } = draft.body
  // An answer to HEAD has no body, but that to what is no request has one: which of them it is can't be told.
  const mayBreak = isLast && draft.method !== 'HEAD' && !draft.isBroken
  if (mayBreak && random.chance(0.05)) {
    const { trait, lines } = random.pick(badLengths) ?? { trait: '', lines: () => [] }
    draft.lines.push(lines(length).join('\r\n')) // in this order, whatever becomes of that of the others
    draft.refuse('parser', trait, 400)
    return
  }
  const isChunked = draft.version === '1.1' && random.chance(0.25)
  if (isChunked) {
    draft.isChunked = true
    draft.lines.push(
      `${random.chance(0.3) ? random.cased('Transfer-Encoding') : 'Transfer-Encoding'}: ${random.chance(0.2) ? 'Chunked' : 'chunked'}`
    )
    if (mayBreak && random.chance(0.05)) {
      draft.body = random.pick(badChunks) ?? ''
      draft.breakBody('bad chunks', 400)
    } else if (mayBreak && random.chance(0.01)) {
      draft.body = `1;${'x'.repeat(20_000)}\r\n`
      draft.breakBody('endless extensions of a chunk', 413)
    } else draft.body = inChunks(draft.body, random)
  } else if (length > 0 || random.chance(0.1)) {
    draft.lines.push(
      `${random.chance(0.3) ? random.cased('Content-Length') : 'Content-Length'}: ${random.chance(0.1) ? '00' : ''}${length}`
    )
  }
}
