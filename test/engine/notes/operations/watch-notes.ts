import type { Change } from '../note-store.js'
import type { Operation } from '../operation.js'

async function* events(changes: AsyncIterable<Change>) {
  for await (const { number, what, note } of changes) yield { id: String(number), event: what, data: { what, note } }
}

export const watchNotes: Operation<'watchNotes'> = ({ headers, signal }, { notes }) => {
  const since = Number(headers['last-event-id'] ?? 0)
  return Promise.resolve({ status: 200, body: events(notes.changes(since, signal)) })
}
