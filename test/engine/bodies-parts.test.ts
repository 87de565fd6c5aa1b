import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Answer, send, sendBytes } from '../../scripts/contract-tests/client.js'
import type { ReceivedFile } from '../../src/contract/index.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const contract = sampleContract(
  `
  /album:
    post:
      operationId: album
      security: []
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                title: { type: string }
                meta: { type: object, properties: { year: { type: integer } } }
                places: { type: array, items: { type: object, properties: { lat: { type: number } } } }
                plain: { type: object, properties: { a: { type: boolean } } }
                photos: { type: array, minItems: 2, items: { type: string, format: binary } }
                cover: { type: string, format: binary }
            encoding:
              title: { contentType: text/plain, headers: { X-Language: { schema: { type: string, enum: [de, en] } } } }
              meta: { contentType: 'application/json, application/merge-patch+json' }
              places: { contentType: application/json }
              photos:
                headers:
                  X-Width: { $ref: '#/components/headers/Width' }
                  X-Tags: { schema: { type: array, items: { type: string } } }
                  X-Kind: { schema: { type: string, default: photo } }
                  Content-Type: { required: true, schema: { const: never } }
      responses: { '200': { description: Fine, content: { application/json: { schema: {} } } }, ${serverAnswers} }`,
  '  headers: { Width: { required: true, schema: { type: integer, minimum: 1 } } }'
)

const album = async (request: Record<string, unknown>) => {
  const files: unknown[] = []
  for await (const { name, headers, stream } of request['files'] as AsyncIterable<ReceivedFile>) {
    let text = ''
    for await (const chunk of stream as AsyncIterable<Buffer>) text += chunk.toString()
    files.push([name, text, headers])
  }
  return { status: 200, body: { form: request['form'], files } }
}

let server: TestServer
beforeAll(async () => {
  server = await startSample(contract, { album })
})
afterAll(() => server.close())

/** A part: its name, what is in it, and the other lines of its head. */
type Part = readonly [name: string, content: string | Buffer, ...head: string[]]
const bodyOf = (parts: readonly Part[]): Buffer =>
  Buffer.concat([
    ...parts.flatMap(([name, content, ...head]) => [
      Buffer.from([`--x\r\nContent-Disposition: form-data; name="${name}"`, ...head, '', ''].join('\r\n')),
      Buffer.from(content),
      Buffer.from('\r\n')
    ]),
    Buffer.from('--x--\r\n')
  ])
const contentType = 'multipart/form-data; boundary=x'
const post = (...parts: Part[]): Promise<Answer> =>
  send(server.port, {
    method: 'POST',
    path: '/album',
    headers: { 'Content-Type': contentType },
    body: bodyOf(parts)
  })
const details = ({ status, json }: Answer) => [
  status,
  (json as { detail: { loc: unknown; type: string }[] }).detail.map(({ loc, type: kind }) => [loc, kind])
]

const photo = (width: string, ...more: string[]): Part => ['photos', 'p', `X-Width: ${width}`, ...more]

describe('the head of a part', () => {
  test('is what its Encoding Object says, and a handler gets what it declares of a file', async () => {
    const answer = await post(
      ['title', 'Sea', 'X-Language: de', 'Content-Type: Text/Plain; charset=utf-8'],
      photo('3', 'x-tags: a, b', 'X-Other: 1'),
      photo('4', 'X-Tags: a', 'X-Tags: b', 'X-Kind: map'),
      ['cover', 'c', 'X-Width: none']
    )
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        form: { title: 'Sea' },
        files: [
          ['photos', 'p', { 'x-width': 3, 'x-tags': ['a', 'b'], 'x-kind': 'photo' }],
          ['photos', 'p', { 'x-width': 4, 'x-tags': ['a', 'b'], 'x-kind': 'map' }],
          ['cover', 'c', {}]
        ]
      }
    ])
  })

  test.each<[string, Part[], unknown[]]>([
    ['lacks a required header', [['photos', 'p']], [[['body', 'photos', 'headers', 'x-width'], 'required']]],
    ['has a header of another type', [photo('wide')], [[['body', 'photos', 'headers', 'x-width'], 'type']]],
    ['breaks it later', [photo('1'), photo('0')], [[['body', 'photos', 'headers', 'x-width'], 'minimum']]],
    [
      'breaks it, and is a field',
      [['title', 'a', 'X-Language: fr']],
      [[['body', 'title', 'headers', 'x-language'], 'enum']]
    ],
    [
      'says another media type for a field',
      [['title', 'a', 'Content-Type: text/html']],
      [[['body', 'title'], 'contentType']]
    ]
  ])('is refused if it %s', async (_what, parts, broken) => {
    expect(details(await post(...parts))).toEqual([422, broken])
  })

  test('is that of which field has it: the place is told while one develops', async () => {
    const developed = await startSample(
      contract,
      { album },
      {
        mode: { strictReplies: true, mocks: false, reasons: true, places: true }
      }
    )
    const { headers } = await send(developed.port, {
      method: 'POST',
      path: '/album',
      headers: { 'Content-Type': contentType },
      body: bodyOf([photo('0')])
    })
    await developed.close()
    expect(headers['x-contract']).toMatch(/:\d+:\d+$/)
  })
})

describe('a field in JSON', () => {
  test.each<[string, Part[], unknown]>([
    ['by its Encoding Object', [['meta', '{"year":1999}']], { meta: { year: 1999 } }],
    [
      'as it says itself',
      [['meta', '{"year":1}', 'Content-Type: application/merge-patch+json']],
      { meta: { year: 1 } }
    ],
    ['as an object is by default', [['plain', '{"a":true}', 'Content-Type: application/json']], { plain: { a: true } }],
    [
      'once for each item',
      [
        ['places', '{"lat":1}'],
        ['places', '{"lat":2}']
      ],
      { places: [{ lat: 1 }, { lat: 2 }] }
    ],
    ['once for its only item', [['places', '{"lat":1}']], { places: [{ lat: 1 }] }],
    ['once for the list', [['places', '[{"lat":1},{"lat":2}]']], { places: [{ lat: 1 }, { lat: 2 }] }]
  ])('is parsed: %s', async (_what, parts, form) => {
    expect((await post(...parts)).json).toEqual({ form, files: [] })
  })

  test.each<[string, Part[], unknown[]]>([
    ['is no JSON', [['meta', 'year=1']], [[['body', 'meta'], 'parse']]],
    [
      'has an item that is no JSON',
      [
        ['places', '{}'],
        ['places', '{']
      ],
      [[['body', 'places'], 'parse']]
    ],
    ['breaks its schema', [['meta', '{"year":"1"}']], [[['body', 'meta', 'year'], 'type']]],
    ['is in another media type', [['meta', '{}', 'Content-Type: text/plain']], [[['body', 'meta'], 'contentType']]]
  ])('is refused if it %s', async (_what, parts, broken) => {
    expect(details(await post(...parts))).toEqual([422, broken])
  })
})

describe('a field in text', () => {
  test('is read in its charset', async () => {
    const type = 'Content-Type: text/plain; charset=iso-8859-1'
    expect((await post(['title', Buffer.from('é', 'latin1'), type])).json).toEqual({ form: { title: 'é' }, files: [] })
    const unknown = await post(['title', 'a', 'Content-Type: text/plain; charset=utf-16'])
    expect(details(unknown)).toEqual([422, [[['body', 'title'], 'parse']]])
  })
})

describe('a list of files', () => {
  test('that has too few is refused when they have all come', async () => {
    expect(details(await post(photo('1'), ['cover', 'c']))).toEqual([422, [[['body', 'photos'], 'minItems']]])
  })

  test('that needn’t be there, needn’t', async () => {
    expect((await post(['title', 'a'])).status).toBe(200)
  })
})

test('names are read as browsers and other clients write them', async () => {
  const name = async (disposition: string): Promise<unknown> => {
    const body = `--x\r\nContent-Disposition: ${disposition}\r\n\r\nv\r\n--x--\r\n`
    const answer = await send(server.port, {
      method: 'POST',
      path: '/album',
      headers: { 'Content-Type': contentType },
      body
    })
    return answer.status === 200 ? (answer.json as { form: unknown }).form : answer.status
  }
  expect(await name('form-data; name="a b%22"')).toEqual({ 'a b%22': 'v' })
  expect(await name('form-data; name="é\\""')).toEqual({ 'é"': 'v' })
  expect(await name('FORM-DATA;name=word')).toEqual({ word: 'v' })
  expect(await name('form-data; filename="x;name=y"; name="z"')).toEqual({ z: 'v' })
  expect(await name('form-data; name="open')).toBe(422)
  expect(await name('attachment; name="a"')).toBe(422)
})

test('a body is the same wherever it is cut, with what stands before and after it', async () => {
  const body = Buffer.concat([
    Buffer.from('before\r\n'),
    bodyOf([['title', 'Sea'], photo('1'), photo('2')]),
    Buffer.from('after\r\n')
  ])
  const chunks = [...body].map(byte => Buffer.concat([Buffer.from('1\r\n'), Buffer.from([byte]), Buffer.from('\r\n')]))
  const head = `POST /album HTTP/1.1\r\nHost: x\r\nContent-Type: ${contentType}\r\nTransfer-Encoding: chunked\r\n`
  const bytes = Buffer.concat([Buffer.from(`${head}Connection: close\r\n\r\n`), ...chunks, Buffer.from('0\r\n\r\n')])
  expect(await sendBytes(server.port, bytes)).toMatch(/^HTTP\/1\.1 200 [^]*"x-width":2/)
})
