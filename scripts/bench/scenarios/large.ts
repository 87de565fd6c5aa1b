import { type Exchange, type Exchanges, isJsonOf, postJson } from '../exchanges.js'
import { document, file } from '../records.js'
import { type Work, usualRatios } from '../scenario.js'
import { recordServers } from './records.js'

const boundary = 'a-line-between-parts'
const partOf = (disposition: string, content: string | Buffer, type = ''): Buffer =>
  Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${type}\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n')
  ])

const [title, name] = ['A file', 'file.bin']
const form = Buffer.concat([
  partOf('name="title"', title),
  partOf(`name="file"; filename="${name}"`, file, 'Content-Type: application/octet-stream\r\n'),
  Buffer.from(`--${boundary}--\r\n`)
])

/** On a few connections: more of them have as much to do, and each is answered later. */
const few = { connections: 4 }

const upload: Exchange = {
  name: 'POST /files, 5 MiB',
  method: 'POST',
  path: '/files',
  headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
  body: form,
  status: 201,
  isRight: isJsonOf({ title, name, bytes: file.length }),
  ...few
}

const download: Exchange = {
  name: 'GET /files/{id}, 5 MiB',
  method: 'GET',
  path: '/files/1',
  headers: {},
  body: '',
  status: 200,
  isRight: body => body.equals(file),
  ...few
}

const exchanges: Exchanges = [
  {
    ...postJson('/documents', document, { status: 200, isRight: isJsonOf(document) }),
    ...few,
    name: 'POST /documents, 512 KiB in and out'
  },
  upload,
  download
]

/** Large bodies: JSON in and out, a file up as one part of a form, and down. */
export const large = (): Work => ({ exchanges, servers: recordServers(), ratios: usualRatios })
