import type { Operation } from '../operation.js'
import { shown } from '../shown.js'

export const listNotes: Operation<'listNotes'> = ({ query }, { notes }) => {
  const { limit, cursor, tags = [], filter } = query
  const { text = '', changedSince = '' } = filter ?? {}
  const found = notes.page({ limit, after: cursor, tags, text, changedSince })
  const page = found.slice(0, limit)
  const next = found.length > limit ? page.at(-1)?.id : undefined
  return Promise.resolve({
    status: 200,
    headers: next === undefined ? {} : { Link: [`<notes?limit=${limit}&cursor=${next}>; rel="next"`] },
    body: { notes: page.map(shown), ...(next !== undefined && { next }) }
  })
}
