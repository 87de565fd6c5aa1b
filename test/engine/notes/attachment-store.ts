import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** What may be attached. */
export type AttachmentType = 'application/pdf' | `image/${string}`

export const isAttachmentType = (mediaType: string): mediaType is AttachmentType =>
  mediaType === 'application/pdf' || mediaType.startsWith('image/')

interface Attachment {
  readonly file: string
  readonly mediaType: AttachmentType
  readonly length: number
}

/** The files of notes, in a folder: none of them is ever in memory as a whole. */
export class AttachmentStore {
  readonly #folder: string
  readonly #attachments = new Map<string, Attachment>()

  constructor(folder: string) {
    this.#folder = folder
  }

  get count(): number {
    return this.#attachments.size
  }

  find(note: string): (Attachment & { readonly stream: () => Readable }) | undefined {
    const attachment = this.#attachments.get(note)
    return attachment && { ...attachment, stream: () => createReadStream(attachment.file) }
  }

  /** Keeps a file when all of it has come; what came of one that is cut off or refused is gone. */
  async write(note: string, mediaType: AttachmentType, content: Readable): Promise<void> {
    const file = join(this.#folder, randomUUID())
    const written = createWriteStream(file)
    try {
      await pipeline(content, written)
    } catch (error) {
      await rm(file, { force: true })
      throw error
    }
    const before = this.#attachments.get(note)
    this.#attachments.set(note, { file, mediaType, length: written.bytesWritten })
    if (before) await rm(before.file, { force: true })
  }

  async remove(note: string): Promise<void> {
    const before = this.#attachments.get(note)
    this.#attachments.delete(note)
    if (before) await rm(before.file, { force: true })
  }
}
