import type { Operation } from '../operation.js'
import { problem } from '../problem.js'
import { etag, shown } from '../shown.js'

export const createNote: Operation<'createNote'> = ({ body, user }, { notes, limit }) => {
  const seconds = limit.take(user.name)
  if (seconds !== undefined) return Promise.resolve({ ...problem(429), headers: { 'Retry-After': seconds } })
  const note = notes.create(body.text, body.tags ?? [])
  const headers = { Location: `/api/v1/notes/${note.id}`, ETag: etag(note) }
  return Promise.resolve({ status: 201, headers, body: shown(note) })
}
