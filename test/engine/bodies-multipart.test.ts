import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Answer, send, sendBytes } from '../../scripts/contract-tests/client.js'
import type { ReceivedFile } from '../../src/contract/index.js'
import { sampleContract, serverAnswers, startSample } from '../support/sample.js'
import type { TestServer } from '../support/server.js'

const answers = `responses: { '200': { description: Fine, content: { application/json: { schema: {} } } }, ${serverAnswers} }`
const operation = (name: string, mediaType: string): string => `
  /${name}:
    post:
      operationId: ${name}
      security: []
      requestBody: { required: true, content: { multipart/form-data: ${mediaType} } }
      ${answers}`

const contract = sampleContract(
  [
    operation(
      'album',
      `{
          schema: {
            type: object,
            additionalProperties: false,
            required: [title, cover],
            properties: {
              title: { type: string, maxLength: 20 },
              year: { type: integer, default: 2000 },
              tags: { type: array, items: { type: string } },
              place: { type: object, properties: { lat: { type: number } } },
              cover: { type: string, format: binary, minLength: 3, maxLength: 1000000 },
              notes: { type: string, contentMediaType: text/plain },
              photos: { type: array, maxItems: 2, items: {} }
            }
          },
          encoding: { cover: { contentType: 'image/png, image/jpeg' }, photos: { contentType: image/* } }
        }`
    ),
    operation('small', `{ x-max-bytes: 100000, schema: { type: object, properties: { file: {} } } }`),
    operation('big', `{ schema: { type: object, properties: { file: {} } } }`),
    operation('unread', `{ schema: { type: object, properties: { file: {} } } }`),
    operation('firstOnly', `{ schema: { type: object, properties: { file: { type: array, items: {} } } } }`),
    operation('firstWhole', `{ schema: { type: object, properties: { file: { type: array, items: {} } } } }`)
  ].join('')
)

interface Taken {
  readonly form: unknown
  readonly files: AsyncIterable<ReceivedFile>
}
const digest = async ({ form, files }: Taken) => {
  const taken: unknown[] = []
  for await (const { name, fileName, mediaType, stream } of files) {
    const hash = createHash('md5')
    for await (const chunk of stream as AsyncIterable<Buffer>) hash.update(chunk)
    taken.push([name, fileName ?? null, mediaType, hash.digest('hex')])
  }
  return { status: 200, body: { form, files: taken } }
}
const operations = {
  ...Object.fromEntries(
    ['album', 'small', 'big'].map(name => [name, (request: object) => digest(request as Taken)] as const)
  ),
  unread: () => Promise.resolve({ status: 200, body: 'unread' }),
  firstWhole: async (request: object) => {
    let bytes = 0
    for await (const { stream } of (request as Taken).files) {
      for await (const chunk of stream as AsyncIterable<Buffer>) bytes += chunk.length
      break
    }
    return { status: 200, body: bytes }
  },
  firstOnly: async (request: object) => {
    for await (const { stream } of (request as Taken).files) {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        return { status: 200, body: chunk.length > 0 }
      }
    }
    return { status: 200, body: 'none' }
  }
}

let server: TestServer
beforeAll(async () => {
  server = await startSample(contract, operations)
})
afterAll(() => server.close())

/** A part: a field, or a file with its name and its media type. */
type Part = readonly [name: string, content: string | Buffer, fileName?: string, mediaType?: string]
const bodyOf = (parts: readonly Part[], end = '--x--\r\n'): Buffer =>
  Buffer.concat([
    ...parts.flatMap(([name, content, fileName, mediaType]) => [
      Buffer.from(`--x\r\nContent-Disposition: form-data; name="${name}"`),
      Buffer.from(fileName === undefined ? '' : `; filename="${fileName}"`),
      Buffer.from(`${mediaType === undefined ? '' : `\r\nContent-Type: ${mediaType}`}\r\n\r\n`),
      Buffer.from(content),
      Buffer.from('\r\n')
    ]),
    Buffer.from(end)
  ])
const type = 'multipart/form-data; boundary=x'
const post = (path: string, body: Buffer | string, contentType = type): Promise<Answer> =>
  send(server.port, { method: 'POST', path, headers: { 'Content-Type': contentType }, body })
const album = (...parts: Part[]) => post('/album', bodyOf(parts))
const details = ({ status, json }: Answer) => [
  status,
  (json as { detail: { loc: unknown; type: string }[] }).detail.map(({ loc, type: kind }) => [loc, kind])
]
const md5 = (content: string | Buffer) => createHash('md5').update(content).digest('hex')

const title: Part = ['title', 'Sea']
const cover: Part = ['cover', 'png', 'c.png', 'image/png']

describe('a form with files', () => {
  test('is its fields, typed, and its files as they come', async () => {
    const large = Buffer.alloc(900_000, '\r\n--y-\r\n--')
    const answer = await album(
      title,
      ['year', '1999'],
      ['tags', 'a b&c'],
      ['tags', 'é'],
      ['place', '{"lat":1.5}'],
      ['cover', large, 'dir\\c.jpg', 'Image/JPEG; q=1'],
      ['notes', 'n'],
      ['photos', '', '../é.gif', 'image/gif'],
      ['photos', 'b', 'b.webp', 'image/webp']
    )
    expect([answer.status, answer.json]).toEqual([
      200,
      {
        form: { title: 'Sea', year: 1999, tags: ['a b&c', 'é'], place: { lat: 1.5 } },
        files: [
          ['cover', 'c.jpg', 'image/jpeg', md5(large)],
          ['notes', null, 'text/plain', md5('n')],
          ['photos', 'é.gif', 'image/gif', md5('')],
          ['photos', 'b.webp', 'image/webp', md5('b')]
        ]
      }
    ])
  })

  test('has its defaults, and is what other clients make of it', async () => {
    const form = new FormData()
    form.append('title', 'Sea')
    form.append('cover', new Blob(['png'], { type: 'image/png' }), 'c.png')
    const answer = await fetch(`http://127.0.0.1:${server.port}/album`, { method: 'POST', body: form })
    expect(await answer.json()).toEqual({
      form: { title: 'Sea', year: 2000 },
      files: [['cover', 'c.png', 'image/png', md5('png')]]
    })
  })

  test.each<[string, Part[], unknown[]]>([
    ['a field breaks its rule', [['title', 'x'.repeat(21)], cover], [[['body', 'title'], 'maxLength']]],
    ['a field is missing', [['year', '1'], cover], [[['body', 'title'], 'required']]],
    ['a field isn’t of its type', [title, ['year', 'x'], cover], [[['body', 'year'], 'type']]],
    ['a field is repeated', [title, title, cover], [[['body', 'title'], 'type']]],
    ['a field isn’t declared', [title, ['other', '1'], cover], [[['body', 'other'], 'additionalProperties']]],
    ['a field is no text', [['title', Buffer.from([255])], cover], [[['body', 'title'], 'parse']]],
    ['a field comes after a file', [title, cover, ['year', '1']], [[['body', 'year'], 'order']]],
    ['there is no file', [title], [[['body', 'cover'], 'required']]],
    ['another file is missing', [title, ['notes', 'n']], [[['body', 'cover'], 'required']]],
    ['a file is too short', [title, ['cover', 'p', 'c', 'image/png']], [[['body', 'cover'], 'minLength']]],
    [
      'a file is too long',
      [title, ['cover', 'x'.repeat(1_000_001), 'c', 'image/png']],
      [[['body', 'cover'], 'maxLength']]
    ],
    [
      'a file is of another media type',
      [title, ['cover', 'png', 'c', 'image/gif']],
      [[['body', 'cover'], 'contentType']]
    ],
    ['a file has no media type', [title, ['cover', 'png', 'c']], [[['body', 'cover'], 'contentType']]],
    ['a later file is of another media type', [title, cover, ['photos', 'a']], [[['body', 'photos'], 'contentType']]],
    ['one file is two', [title, cover, cover], [[['body', 'cover'], 'maxItems']]],
    [
      'there are more files than may be',
      [title, cover, ...Array.from({ length: 3 }, (): Part => ['photos', 'a', 'a', 'image/png'])],
      [[['body', 'photos'], 'maxItems']]
    ]
  ])('is refused if %s', async (_what, parts, broken) => {
    expect(details(await album(...parts))).toEqual([422, broken])
  })

  test.each<[string, string, string]>([
    ['has no boundary', 'multipart/form-data', bodyOf([title, cover]).toString()],
    ['doesn’t end', type, bodyOf([title], '').toString()],
    ['ends within a file', type, bodyOf([title, cover], '').toString().slice(0, -4)],
    ['is something else', type, 'title=Sea'],
    ['has parts without names', type, '--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n']
  ])('is refused if it %s', async (_what, contentType, body) => {
    expect(details(await post('/album', body, contentType))).toEqual([422, [[['body'], 'parse']]])
  })

  test('is missing if it is empty', async () => {
    expect(details(await post('/album', ''))).toEqual([422, [[['body'], 'required']]])
  })

  test('may have 64 parts', async () => {
    const files = (count: number) => Array.from({ length: count }, (): Part => ['file', 'a', 'a'])
    expect((await post('/firstOnly', bodyOf(files(64)))).status).toBe(200)
    const fields = (count: number) => bodyOf(Array.from({ length: count }, (_, at): Part => [`f${at}`, 'a']))
    expect([(await post('/big', fields(64))).status, (await post('/big', fields(65))).status]).toEqual([200, 413])
  })

  test('may have 10 MiB, or as much as the contract says, told beforehand or not', async () => {
    const sized = (bytes: number) => {
      const rest = bodyOf([['file', '', 'a']]).length
      return bodyOf([['file', Buffer.alloc(bytes - rest), 'a']])
    }
    const most = 10 * 1024 * 1024
    expect([(await post('/big', sized(most))).status, (await post('/big', sized(most + 1))).status]).toEqual([200, 413])
    expect((await post('/small', sized(100_000))).status).toBe(200)
    expect((await post('/small', sized(100_001))).status).toBe(413)
    const body = sized(400_000)
    const head = `POST /small HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nTransfer-Encoding: chunked\r\n\r\n`
    const chunked = Buffer.concat([
      Buffer.from(head + body.length.toString(16) + '\r\n'),
      body,
      Buffer.from('\r\n0\r\n\r\n')
    ])
    const next = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
    expect(await sendBytes(server.port, Buffer.concat([chunked, Buffer.from(next)]))).toMatch(
      /^HTTP\/1\.1 413 [^]*HTTP\/1\.1 404 /
    )
  })

  test('may have fields of 1 MiB', async () => {
    const field = (bytes: number) => post('/big', bodyOf([['a', 'x'.repeat(bytes)]]))
    expect([(await field(1024 * 1024)).status, (await field(1024 * 1024 + 1)).status]).toEqual([200, 413])
  })

  test.each(['unread', 'firstOnly', 'firstWhole'])(
    'needn’t be read: %s answers, and its connection can be used again',
    async name => {
      const body = bodyOf([
        ['file', 'small', 'a'],
        ['file', Buffer.alloc(6_000_000), 'b']
      ])
      const head = `POST /${name} HTTP/1.1\r\nHost: x\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n`
      const next = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
      const bytes = Buffer.concat([Buffer.from(`${head}\r\n`), body, Buffer.from(next)])
      expect(await sendBytes(server.port, bytes)).toMatch(/^HTTP\/1\.1 200 [^]*HTTP\/1\.1 404 /)
    }
  )

  test('leaves nothing to look into', () => {
    expect(server.log).toEqual([])
  })
})
