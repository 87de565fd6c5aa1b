import type { Operation } from '../operation.js'
import { problem } from '../problem.js'

export const readAttachment: Operation<'readAttachment'> = ({ params }, { attachments }) => {
  const attachment = attachments.find(params.id)
  if (!attachment) return Promise.resolve(problem(404))
  const { mediaType, length, stream } = attachment
  return Promise.resolve({ status: 200, mediaType, length, body: stream() })
}
