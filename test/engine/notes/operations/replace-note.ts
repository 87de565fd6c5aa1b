import type { Operation } from '../operation.js'
import { problem } from '../problem.js'
import { etag, shown } from '../shown.js'

export const replaceNote: Operation<'replaceNote'> = ({ params, headers, body }, { notes }) => {
  const before = notes.find(params.id)
  if (!before) return Promise.resolve(problem(404))
  if (headers['if-match'] !== etag(before)) return Promise.resolve(problem(412))
  const note = notes.change(before, { text: body.text, tags: body.tags ?? [] })
  return Promise.resolve({ status: 200, headers: { ETag: etag(note) }, body: shown(note) })
}
