/** An answer as it came over the wire, its bytes as characters of Latin-1. */
export interface WireAnswer {
  readonly status: number
  /** The status line and all fields, without the empty line. */
  readonly head: string
  /** By their names in lower case; several of one name are joined by commas. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Whether it says that the connection ends with it. */
  readonly closes: boolean
}

/** What is no answer in HTTP/1.1, or not where its head says that it ends. */
export class FramingError extends Error {
  override readonly name = 'FramingError'
}

const statusLine = /^HTTP\/1\.1 ([1-5]\d\d) [\t\x20-\x7e]*$/
const field = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/
const single = new Set(['content-length', 'content-type', 'date', 'connection', 'transfer-encoding', 'location'])

const headersOf = (lines: readonly string[]): Record<string, string> => {
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const [, name = '', value = ''] = field.exec(line) ?? []
    if (name === '') throw new FramingError(`a header that is none: ${JSON.stringify(line)}`)
    const key = name.toLowerCase()
    const before = headers[key]
    if (before !== undefined && single.has(key)) throw new FramingError(`two headers ${name}`)
    headers[key] = before === undefined ? value : `${before}, ${value}`
  }
  return headers
}

/**
 * Reads the answers of one connection, strictly: what isn't exactly an answer is an error, and nothing is skipped
 * (RFC 9112 §4 to §7).
 */
export class AnswerReader {
  #waiting = ''
  #head: { readonly end: number; readonly answer: Omit<WireAnswer, 'body'> } | undefined

  /** What has come in and isn't part of an answer that is complete. */
  get rest(): string {
    return this.#waiting
  }

  add(bytes: string): void {
    this.#waiting += bytes
  }

  /**
   * The next answer, if all of it is there.
   *
   * @param isHead whether it is to a request without a body in its answer (RFC 9110 §9.3.2)
   * @param isOver whether the server has closed the connection
   * @throws {FramingError}
   */
  next(isHead: boolean, isOver: boolean): WireAnswer | undefined {
    this.#head ??= this.#readHead()
    if (!this.#head) return undefined
    const { end, answer } = this.#head
    const found = this.#bodyFrom(end, answer, isHead, isOver)
    if (!found) return undefined
    this.#waiting = this.#waiting.slice(found.end)
    this.#head = undefined
    return { ...answer, body: found.body }
  }

  #readHead(): { readonly end: number; readonly answer: Omit<WireAnswer, 'body'> } | undefined {
    const end = this.#waiting.indexOf('\r\n\r\n')
    if (this.#waiting.length >= 9 && !this.#waiting.startsWith('HTTP/1.1 '))
      throw new FramingError('bytes that begin no answer')
    if (end < 0) return undefined
    const head = this.#waiting.slice(0, end)
    const [first = '', ...lines] = head.split('\r\n')
    const [, status] = statusLine.exec(first) ?? []
    if (status === undefined) throw new FramingError(`a status line that is none: ${JSON.stringify(first)}`)
    const headers = headersOf(lines)
    const closes = /(^|,)\s*close\s*(,|$)/i.test(headers['connection'] ?? '')
    return { end: end + 4, answer: { status: Number(status), head, headers, closes } }
  }

  #bodyFrom(
    from: number,
    { status, headers }: Omit<WireAnswer, 'body'>,
    isHead: boolean,
    isOver: boolean
  ): { readonly end: number; readonly body: string } | undefined {
    const { 'content-length': length, 'transfer-encoding': coding } = headers
    if (length !== undefined && coding !== undefined)
      throw new FramingError('both Content-Length and Transfer-Encoding')
    if (length !== undefined && !/^\d+$/.test(length)) throw new FramingError(`Content-Length: ${length}`)
    if (status < 200 || status === 204 || status === 304 || isHead) return { end: from, body: '' }
    if (coding !== undefined) return this.#chunks(from, coding)
    if (length === undefined) return isOver ? { end: this.#waiting.length, body: this.#waiting.slice(from) } : undefined
    const end = from + Number(length)
    return end > this.#waiting.length ? undefined : { end, body: this.#waiting.slice(from, end) }
  }

  #chunks(from: number, coding: string): { readonly end: number; readonly body: string } | undefined {
    if (coding.toLowerCase() !== 'chunked') throw new FramingError(`Transfer-Encoding: ${coding}`)
    let body = ''
    for (let at = from; ;) {
      const line = this.#waiting.indexOf('\r\n', at)
      if (line < 0) return undefined
      const size = this.#waiting.slice(at, line)
      if (!/^[\da-f]+$/i.test(size)) throw new FramingError(`a chunk of the size ${JSON.stringify(size)}`)
      const end = line + 2 + parseInt(size, 16)
      if (end + 2 > this.#waiting.length) return undefined
      if (this.#waiting.slice(end, end + 2) !== '\r\n') throw new FramingError('a chunk that is longer than it says')
      if (end === line + 2) return { end: end + 2, body }
      body += this.#waiting.slice(line + 2, end)
      at = end + 2
    }
  }
}
