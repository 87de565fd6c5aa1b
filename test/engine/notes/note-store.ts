import { EventEmitter, on } from 'node:events'

/** A note, and which version of it this is. */
export interface Note {
  readonly id: string
  readonly text: string
  readonly tags: readonly string[]
  /** When it was changed last (RFC 3339). */
  readonly changed: string
  readonly version: number
}

export interface Change {
  /** Counts from 1. */
  readonly number: number
  readonly what: 'created' | 'changed' | 'deleted'
  readonly note: string
}

export interface Wanted {
  readonly limit: number
  readonly after: string | undefined
  readonly tags: readonly string[]
  readonly text: string
  readonly changedSince: string
}

/** The notes, in memory, and what has happened to them. */
export class NoteStore {
  readonly #notes: Map<string, Note>
  readonly #changes: Change[] = []
  readonly #news = new EventEmitter({ captureRejections: true }).setMaxListeners(0)
  #created = 0

  constructor(notes: readonly Note[]) {
    this.#notes = new Map(notes.map(note => [note.id, note]))
    for (const { id } of notes) this.#tell('created', id)
  }

  get count(): number {
    return this.#notes.size
  }

  all(): Iterable<Note> {
    return this.#notes.values()
  }

  find(id: string): Note | undefined {
    return this.#notes.get(id)
  }

  /** One note more than wanted, where there is one. */
  page({ limit, after, tags, text, changedSince }: Wanted): Note[] {
    const notes = [...this.#notes.values()]
    return notes
      .slice(1 + notes.findIndex(({ id }) => id === after))
      .filter(note => tags.every(tag => note.tags.includes(tag)) && note.text.includes(text))
      .filter(({ changed }) => changed >= changedSince)
      .slice(0, limit + 1)
  }

  create(text: string, tags: readonly string[]): Note {
    this.#created += 1
    return this.#put({ id: `n${this.#created}`, text, tags, changed: '', version: 0 }, 'created')
  }

  change(note: Note, changes: Partial<Pick<Note, 'text' | 'tags'>>): Note {
    return this.#put({ ...note, ...changes }, 'changed')
  }

  delete({ id }: Note): void {
    this.#notes.delete(id)
    this.#tell('deleted', id)
  }

  /** What happened since a change, or ever if that isn't known, and then what happens, until `signal` is aborted. */
  async *changes(since: number, signal: AbortSignal): AsyncGenerator<Change> {
    const news = on(this.#news, 'change', { signal })
    const isKnown = since <= this.#changes.length
    for (const change of this.#changes.slice(isKnown ? since : 0)) yield change
    for await (const [change] of news as AsyncIterable<[Change]>) yield change
  }

  #put(note: Note, what: Change['what']): Note {
    const stored = { ...note, changed: new Date().toISOString(), version: note.version + 1 }
    this.#notes.set(note.id, stored)
    this.#tell(what, note.id)
    return stored
  }

  #tell(what: Change['what'], note: string): void {
    const change = { number: this.#changes.length + 1, what, note }
    this.#changes.push(change)
    this.#news.emit('change', change)
  }
}
