import { expect, test } from '@jest/globals'
import { AnswerReader } from '../../scripts/bench/answer.js'

/** Each byte of a text alone. */
const bytesOf = (text: string): string[] => text.match(/[^]/g) ?? []

/** After which of these parts of an answer it is whole. */
const wholeAfter = (reader: AnswerReader, ...parts: readonly string[]): number[] =>
  parts.flatMap((part, index) => (reader.isWholeWith(Buffer.from(part, 'latin1')) ? [index] : []))

test('an answer with a length is whole with its last byte, wherever it is cut', () => {
  const text = 'HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nab\r\nc'
  const reader = new AnswerReader()
  expect(wholeAfter(reader, ...bytesOf(text))).toEqual([text.length - 1])
  expect(reader.status).toBe(201)
})

test('an answer in chunks is whole with its last chunk, wherever it is cut', () => {
  const text = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n'
  expect(wholeAfter(new AnswerReader(), ...bytesOf(text))).toEqual([text.length - 1])
  expect(wholeAfter(new AnswerReader(), text)).toEqual([0])
})

test('a reader takes one answer after another, with or without a body', () => {
  const reader = new AnswerReader()
  for (const [status, body] of [
    [200, 'ab'],
    [422, ''],
    [200, 'c']
  ] as const) {
    expect(wholeAfter(reader, `HTTP/1.1 ${status} Any\r\nContent-Length: ${body.length}\r\n\r\n`, body)[0]).toBe(
      body === '' ? 0 : 1
    )
    expect(reader.status).toBe(status)
    reader.reset()
  }
})
