import type { Operations, Security } from './operation.js'
import { createNote } from './operations/create-note.js'
import { deleteNote } from './operations/delete-note.js'
import { exportNotes } from './operations/export-notes.js'
import { listNotes } from './operations/list-notes.js'
import { logIn } from './operations/log-in.js'
import { mergeNote } from './operations/merge-note.js'
import { readAttachment } from './operations/read-attachment.js'
import { readHealth } from './operations/read-health.js'
import { readNote } from './operations/read-note.js'
import { readStatistics } from './operations/read-statistics.js'
import { replaceNote } from './operations/replace-note.js'
import { watchNotes } from './operations/watch-notes.js'
import { writeAttachment } from './operations/write-attachment.js'

/** The handler of each operation of the contract. */
const operations: Operations = {
  createNote,
  deleteNote,
  exportNotes,
  listNotes,
  logIn,
  mergeNote,
  readAttachment,
  readHealth,
  readNote,
  readStatistics,
  replaceNote,
  watchNotes,
  writeAttachment
}

/** The handler of each security scheme of the contract. */
const security: Security = {
  Login: {
    kind: 'bearer',
    refusals: [401],
    authenticate: ({ credentials }, { logins }) => {
      const user = credentials === undefined ? undefined : logins.byToken(credentials)
      return Promise.resolve(user && { user, granted: user.scopes })
    }
  },
  Key: {
    kind: 'apiKey',
    refusals: [401],
    authenticate: ({ credentials }, { logins }) => {
      const user = credentials === undefined ? undefined : logins.byKey(credentials)
      return Promise.resolve(user && { user, granted: user.scopes })
    }
  }
}

export const handlers = { operations, security }
