import { isAttachmentType } from '../attachment-store.js'
import type { Operation } from '../operation.js'
import { problem } from '../problem.js'

export const writeAttachment: Operation<'writeAttachment'> = async (request, { notes, attachments }) => {
  const note = notes.find(request.params.id)
  if (!note) return problem(404)
  if (request.mediaType !== 'multipart/form-data') {
    await attachments.write(note.id, request.mediaType, request.body)
  } else {
    for await (const { mediaType, stream } of request.files) {
      if (isAttachmentType(mediaType)) await attachments.write(note.id, mediaType, stream)
    }
  }
  return { status: 204 }
}
