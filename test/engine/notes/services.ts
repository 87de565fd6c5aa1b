import { AttachmentStore } from './attachment-store.js'
import { LoginStore } from './login-store.js'
import { NoteStore } from './note-store.js'
import { WriteLimit } from './write-limit.js'

/** What handlers can use. */
export interface Services {
  readonly notes: NoteStore
  readonly attachments: AttachmentStore
  readonly logins: LoginStore
  readonly limit: WriteLimit
}

/**
 * The services with two notes.
 *
 * @param folder where attachments are kept
 * @param writes how many notes each user may write in a minute
 */
export const createServices = (folder: string, writes = Infinity): Services => ({
  notes: new NoteStore([
    { id: 'milk', text: 'Buy milk', tags: ['home', 'shop'], changed: '2026-01-02T03:04:05Z', version: 1 },
    { id: 'tax', text: 'Pay the tax', tags: [], changed: '2026-01-03T04:05:06Z', version: 1 }
  ]),
  attachments: new AttachmentStore(folder),
  logins: new LoginStore(),
  limit: new WriteLimit(writes)
})
