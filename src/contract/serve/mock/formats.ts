const day = 86_400_000
const start = Date.UTC(2024, 0, 15, 9, 30)
const at = (n: number): string => new Date(start + n * day).toISOString()
const numbered = (n: number): string => (n === 0 ? '' : String(n))
const two = (n: number): string => String(n).padStart(2, '0')

const time = (n: number): string => `${two(n % 24)}:${two(Math.floor(n / 24) % 60)}:00Z`
const email = (n: number): string => `user${numbered(n)}@example.com`
const hostname = (n: number): string => (n === 0 ? 'example.com' : `host${n}.example.com`)
const uri = (n: number): string => `https://example.com/${numbered(n)}`
const path = (n: number): string => `/example${numbered(n)}`

/** A text of each format that JSON Schema 2020-12 (§7.3) and OpenAPI have: the same for the same number. */
export const formats: ReadonlyMap<string, (n: number) => string> = new Map(
  Object.entries({
    'date-time': (n: number) => at(n).replace('.000', ''),
    date: (n: number) => at(n).slice(0, 10),
    time,
    'iso-date-time': (n: number) => at(n).replace('.000', ''),
    'iso-time': time,
    duration: (n: number) => `P${n + 1}D`,
    email,
    'idn-email': email,
    hostname,
    'idn-hostname': hostname,
    ipv4: (n: number) => `192.0.${Math.floor(n / 254) % 256}.${(n % 254) + 1}`,
    ipv6: (n: number) => `2001:db8::${((n % 65_535) + 1).toString(16)}`,
    uri,
    url: uri,
    iri: uri,
    'uri-reference': path,
    'iri-reference': path,
    'uri-template': (n: number) => `${uri(n)}{id}`,
    uuid: (n: number) => `3fa85f64-5717-4562-b3fc-${(0x2c963f66afa6 + n).toString(16).padStart(12, '0')}`,
    'json-pointer': path,
    'json-pointer-uri-fragment': (n: number) => `#${path(n)}`,
    'relative-json-pointer': (n: number) => String(n),
    regex: (n: number) => `^a{${n}}$`,
    byte: (n: number) => Buffer.from(`text${numbered(n)}`).toString('base64')
  })
)
