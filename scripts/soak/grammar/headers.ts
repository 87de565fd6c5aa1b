import type { Accounts } from '../accounts.js'
import type { Random } from '../random.js'
import type { Draft } from './draft.js'
import type { KnownOperation } from './known.js'

/** Adds what says who asks, and says whom that is for the operation: RFC 9110 §11.1, RFC 6750 §2.1. */
export const writeCredentials = (
  draft: Draft,
  { isSecured, byName, outcomes }: KnownOperation,
  { accounts, canary }: Accounts,
  random: Random
): void => {
  const account = random.pick(accounts)
  const scheme = random.chance(0.3) ? random.cased('Bearer') : 'Bearer'
  const blanks = random.chance(0.1) ? '   ' : ' ' // RFC 6750 §2.1: one or more
  const good = account ? `${scheme}${blanks}${account.token}` : ''
  const wrong: readonly string[] = [
    `${scheme} ${canary}`,
    `${scheme}  ${canary}`,
    `${scheme}\t${account?.token ?? canary}`,
    scheme,
    `Basic ${Buffer.from(`johndoe:${canary}`).toString('base64')}`,
    `${canary} ${scheme}`,
    `${scheme} ${canary}.${canary}.x`,
    `${scheme} ${'x'.repeat(random.pick([300, 3000, 7000]))}`,
    `${scheme} \xff\xfe`,
    `${scheme}, ${scheme} ${canary}`,
    `Digest username="${canary}"`,
    ''
  ]
  const name = random.chance(0.3) ? random.cased('Authorization') : 'Authorization'
  const refused = (trait: string): void => {
    if (isSecured) draft.refuse('security', trait, 401)
  }
  if (account && random.chance(0.6)) {
    const own = byName.get(account.example)
    draft.lines.push(`${name}: ${good}${random.chance(0.05) ? ' \t' : ''}`)
    if (!isSecured) return
    if (random.chance(0.03)) {
      // Two of a header that there may only be one of: the first counts, or none does (RFC 9110 §5.3).
      draft.lines.push(`authorization: ${random.pick(wrong) ?? ''}`)
      draft.refuse('security', 'two credentials', 401, 400, own ?? 401, ...outcomes)
    } else if (own !== undefined && own >= 400) draft.refuse('security', `token of ${account.example}`, own)
  } else if (random.chance(0.7)) {
    draft.lines.push(`${name}: ${random.pick(wrong) ?? ''}`)
    refused('wrong credentials')
  } else refused('no credentials')
}

const harmless: readonly ((random: Random) => string)[] = [
  random => `X-${random.text(5)}: ${random.text(random.between(0, 60))}`,
  random => `X-${random.text(5)}:${random.text(3, ' \t')}a${random.text(3, ' \t')}`,
  () => 'X-Empty:',
  () => '__proto__: x',
  () => 'constructor: x',
  () => 'Accept: */*;q=nonsense, ,,',
  () => 'Accept-Encoding: gzip;q=2, br, \x80',
  () => 'Cookie: a=b; ; =c; token=x',
  () => 'If-None-Match: "x", W/"y", *x',
  () => 'Range: bytes=0-1,-5',
  () => 'TE: trailers, deflate',
  () => 'X-Forwarded-For: 1.2.3.4, unknown, [::1]',
  () => 'X-Forwarded-Host: evil.example',
  () => 'Forwarded: for=1.2.3.4;host=evil.example',
  () => 'X-HTTP-Method-Override: DELETE',
  () => 'Origin: null',
  () => 'Upgrade: h2c',
  () => 'Keep-Alive: timeout=9999, max=0',
  () => 'Max-Forwards: 0',
  () => 'X-Latin: caf\xe9 \xa0\xff',
  random => `X-Long: ${'v'.repeat(random.between(1000, 8000))}`,
  random => Array.from({ length: random.between(2, 900) }, () => 'a:b').join('\r\n')
]

/** Adds headers that change nothing: odd ones, empty ones, long ones, many. */
export const addHarmless = (draft: Draft, random: Random): void => {
  while (random.chance(0.25)) {
    const line = (random.pick(harmless) ?? harmless[0])?.(random) ?? ''
    const longest = 15_000 - draft.target.length - draft.lines.join('').length - 2 * draft.lines.length
    if (line.length < longest && !draft.lines.some(one => one.startsWith('a:b'))) draft.lines.push(line)
  }
}

const connection: readonly (readonly [value: string, asksToClose: boolean | undefined])[] = [
  ['close', true],
  ['Close', true],
  ['keep-alive, close', true],
  ['close , x-hop', true],
  ['keep-alive', false],
  ['Keep-Alive', false],
  ['x-hop', false],
  ['', false],
  ['upgrade', false]
]

/** Says whether the connection shall stay, as HTTP/1.1 or as HTTP/1.0 does (RFC 9112 §9.3). */
export const writeConnection = (draft: Draft, isLast: boolean, random: Random): void => {
  if (isLast && random.chance(0.15)) {
    draft.version = '1.0'
    const isKept = random.chance(0.3)
    if (isKept) draft.lines.push('Connection: keep-alive')
    draft.note('HTTP/1.0')
    draft.asksToClose = isKept ? undefined : true
  } else if (random.chance(isLast ? 0.6 : 0.1)) {
    const kinds = isLast ? connection : connection.filter(([, asks]) => asks !== true)
    const [value, asksToClose] = random.pick(kinds) ?? ['close', true]
    draft.lines.push(`${random.cased('connection')}: ${value}`)
    draft.asksToClose = asksToClose
  }
}

/** What is made of a list of lines: in another order, `Host` not always first. */
export const inAnyOrder = (draft: Draft, random: Random): void => {
  if (random.chance(0.3)) draft.lines = random.shuffled(draft.lines)
}
