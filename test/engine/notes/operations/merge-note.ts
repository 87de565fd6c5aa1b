import type { Operation } from '../operation.js'
import { problem } from '../problem.js'
import { etag, shown } from '../shown.js'

export const mergeNote: Operation<'mergeNote'> = ({ params, headers, body }, { notes }) => {
  const before = notes.find(params.id)
  if (!before) return Promise.resolve(problem(404))
  if (headers['if-match'] !== etag(before)) return Promise.resolve(problem(412))
  const { text = before.text, tags = before.tags } = body
  const note = notes.change(before, { text, tags: tags ?? [] })
  return Promise.resolve({ status: 200, headers: { ETag: etag(note) }, body: shown(note) })
}
