import type { Note } from '../note-store.js'
import type { Operation } from '../operation.js'
import { shown } from '../shown.js'

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"` // RFC 4180 §2

function* table(notes: Iterable<Note>): Iterable<string> {
  yield 'id,text,tags,changed\r\n'
  for (const { id, text, tags, changed } of notes)
    yield `${[id, cell(text), cell(tags.join(' ')), changed].join(',')}\r\n`
}

function* lines(notes: Iterable<Note>): Iterable<string> {
  for (const note of notes) yield `${JSON.stringify(shown(note))}\n`
}

async function* slowly(texts: Iterable<string>): AsyncIterable<string> {
  for (const text of texts) yield await Promise.resolve(text)
}

export const exportNotes: Operation<'exportNotes'> = (_request, { notes }) =>
  Promise.resolve({
    status: 200,
    bodies: {
      'text/csv': () => slowly(table(notes.all())),
      'application/jsonl': () => slowly(lines(notes.all()))
    }
  })
