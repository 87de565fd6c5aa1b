import type { Operation } from '../operation.js'
import { problem } from '../problem.js'
import { etag, shown } from '../shown.js'

export const readNote: Operation<'readNote'> = ({ params, headers }, { notes }) => {
  const note = notes.find(params.id)
  if (!note) return Promise.resolve(problem(404))
  const ETag = etag(note)
  if (headers['if-none-match'] === ETag) return Promise.resolve({ status: 304, headers: { ETag } })
  return Promise.resolve({ status: 200, headers: { ETag }, body: shown(note) })
}
