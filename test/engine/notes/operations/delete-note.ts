import type { Operation } from '../operation.js'
import { problem } from '../problem.js'
import { etag } from '../shown.js'

export const deleteNote: Operation<'deleteNote'> = async ({ params, headers }, { notes, attachments }) => {
  const note = notes.find(params.id)
  if (!note) return problem(404)
  if (headers['if-match'] !== etag(note)) return problem(412)
  notes.delete(note)
  await attachments.remove(note.id)
  return { status: 204 }
}
