const contentLength = /\r\ncontent-length: *(\d+)/i
const chunked = /\r\ntransfer-encoding: *chunked/i
const headEnd = '\r\n\r\n'
const lastChunk = Buffer.from('\r\n0\r\n\r\n', 'latin1')

/**
 * Takes the bytes of one answer after another, and says when one is whole. Nothing can come after it, because nothing has been
 * asked yet. Of a body only the length is kept, or its end where there is none, so that a large one costs little.
 */
export class AnswerReader {
  /** The status of the answer, once its head is there. */
  status = 0
  #head = ''
  /** How many bytes of the body are to come; `undefined` if it comes in chunks. */
  #missing: number | undefined = 0
  #end = Buffer.alloc(0)

  /** Takes more bytes, and says whether the answer is whole with them. */
  isWholeWith(bytes: Buffer): boolean {
    return this.status === 0 ? this.#takeHead(bytes) : this.#takeBody(bytes)
  }

  /** Forgets this answer: the next bytes are of another one. */
  reset(): void {
    this.status = 0
    this.#head = ''
    this.#end = Buffer.alloc(0)
  }

  #takeHead(bytes: Buffer): boolean {
    const before = this.#head.length
    this.#head += bytes.toString('latin1')
    const end = this.#head.indexOf(headEnd)
    if (end < 0) return false
    const head = this.#head.slice(0, end)
    this.status = Number(head.slice(9, 12))
    this.#missing = chunked.test(head) ? undefined : Number(contentLength.exec(head)?.[1] ?? 0)
    return this.#takeBody(bytes.subarray(end + headEnd.length - before))
  }

  #takeBody(bytes: Buffer): boolean {
    if (this.#missing !== undefined) {
      this.#missing -= bytes.length
      return this.#missing <= 0
    }
    this.#end = Buffer.from(Buffer.concat([this.#end, bytes]).subarray(-lastChunk.length))
    return this.#end.equals(lastChunk)
  }
}
