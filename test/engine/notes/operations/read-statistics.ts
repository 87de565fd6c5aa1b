import type { Operation } from '../operation.js'

export const readStatistics: Operation<'readStatistics'> = (_request, { notes, attachments }) =>
  Promise.resolve({ status: 200, body: { notes: notes.count, attachments: attachments.count } })
