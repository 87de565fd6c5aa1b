import { pointer } from '../document/pointer.js'
import { isRecord } from '../document/record.js'
import type { Contract } from '../openapi/contract.js'
import { evaluatorOf } from '../openapi/evaluator-of.js'
import type { Note } from '../openapi/note.js'
import { walk } from '../openapi/walk.js'

/** The defaults that don't keep their own schemas: what isn't sent then stays absent. */
export const defaultNotes = (contract: Contract): Note[] => {
  const notes: Note[] = []
  walk(contract.document, (kind, schema, at) => {
    if (kind !== 'Schema' || !isRecord(schema) || !Object.hasOwn(schema, 'default')) return
    const [broken] = evaluatorOf(contract).violations(at, schema['default'], 'request')
    if (!broken) return
    notes.push({
      pointer: at + pointer('default'),
      rule: 'invalid-default',
      what: `The default breaks its own schema: it ${broken.message}. It is never filled in.`,
      todo: 'Correct it, or remove it.'
    })
  })
  return notes
}
