import type { Random } from '../random.js'
import type { Draft } from './draft.js'
import type { Stage } from './draft.js'

interface Fault {
  readonly trait: string
  readonly stage: Stage
  readonly statuses: readonly number[]
  readonly make: (draft: Draft, random: Random) => void
}

const line =
  (text: string) =>
  (draft: Draft, random: Random): void => {
    draft.lines.splice(random.between(0, draft.lines.length), 0, text)
  }

const isHost = (text: string): boolean => /^host:/i.test(text)

const parser = (trait: string, make: Fault['make'], ...statuses: readonly number[]): Fault => {
  return { trait, stage: 'parser', statuses: statuses.length > 0 ? statuses : [400], make }
}
const head = (trait: string, make: Fault['make'], status = 400): Fault => ({
  trait,
  stage: 'head',
  statuses: [status],
  make
})

/** What is wrong with a head, and what is said of it (RFC 9110 §5 and §10.1.1, RFC 9112 §2.2, §3.2 and §5). */
const faults: readonly Fault[] = [
  parser('a blank before a colon', line('X-Blank : x')),
  parser('no colon', line('no colon')),
  parser('no name', line(': x')),
  parser('a name with a blank', line('X Y: x')),
  parser('a name that is not ASCII', line('X-\xe4: x')),
  parser('NUL in a value', line('X-Nul: a\x00b')),
  parser('a control character in a value', line('X-Bell: a\x07b')),
  parser('a carriage return in a value', line('X-Return: a\rb')),
  parser('a folded line', line('X-Folded: a\r\n b')),
  parser('a folded line with a tab', line('X-Folded: a\r\n\tb')),
  parser('a first line that is folded', draft => draft.lines.unshift(' X: y')),
  parser('a header of 17 KiB', line(`X: ${'x'.repeat(17_000)}`), 431),
  parser(
    'headers of 17 KiB',
    line(Array.from({ length: 170 }, (_, i) => `X-${i}: ${'x'.repeat(100)}`).join('\r\n')),
    431
  ),
  parser('a version that is none', draft => void (draft.version = '1.x')),
  parser('a version of its own', draft => void (draft.version = '3.7')),
  parser('HTTP/1.2', draft => void (draft.version = '1.2')),
  parser('HTTP/2.0', draft => void (draft.version = '2.0'), 400, 505),
  parser('HTTP/0.9', draft => void (draft.version = '0.9'), 400, 505),
  parser('a version in lower case', draft => void (draft.version = '1.1\r\nX: y'.toLowerCase() && '1.1 x')),
  parser('a blank before the method', draft => void (draft.before = ' ')),
  parser('line ends without a carriage return', draft => void (draft.lineEnd = '\n')),
  parser('line ends without a line feed', draft => void (draft.lineEnd = '\r')),
  parser(
    'garbage',
    (draft, random) => void (draft.before = random.text(random.between(1, 200), '\x00\x01\xff\x80 \t{}<>"%'))
  ),
  parser('the beginning of TLS', draft => void (draft.before = '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03')),
  parser("HTTP/2's preface", draft => void (draft.before = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')),
  head('no Host', draft => void (draft.lines = draft.lines.filter(one => !isHost(one)))),
  head('two Hosts', line('Host: other.example')),
  head(
    'a Host that is none',
    draft => void (draft.lines = draft.lines.map(one => (isHost(one) ? 'Host: a b/c@d' : one)))
  ),
  head('1,001 headers', line(Array.from({ length: 1001 }, () => 'a:b').join('\r\n')), 431),
  { trait: 'another expectation', stage: 'expectation', statuses: [417], make: line('Expect: miracles') }
]

/** Makes a request malformed in one way, which ends the connection. */
export const malform = (draft: Draft, random: Random): void => {
  const { trait, stage, statuses, make } = random.pick(faults) ?? faults[0] ?? head('', () => undefined)
  if (stage !== 'parser') draft.version = '1.1'
  if (trait.endsWith('headers')) draft.lines = draft.lines.filter(one => one.length < 1000)
  make(draft, random)
  draft.refuse(stage, trait, ...statuses)
}
