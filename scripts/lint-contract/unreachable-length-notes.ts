import {
  type Contract,
  type DeclaredBody,
  isRecord,
  type Note,
  operationsOf,
  pointer,
  requestBodyOf,
  walk
} from '../../src/contract/index.js'
import { maxBytes } from '../../src/http/body.js'

/**
 * Lengths that no value in a request can have, as its body would have more bytes than are read: a character is one at
 * least, and so is an item. Schemas that are referred to further below are left out: other bodies may have them, too.
 */
export const unreachableLengthNotes = (contract: Contract): Note[] => {
  const bodies = operationsOf(contract).flatMap(one => [...(requestBodyOf(contract, one)?.contents.values() ?? [])])
  const limits = bodies.map(body => ({
    at: schemaPointer(contract, body),
    limit: body.maxBytes ?? maxBytes[body.kind]
  }))
  const notes: Note[] = []
  walk(contract.document, (kind, object, at) => {
    if (kind !== 'Schema' || !isRecord(object)) return
    const within = limits.filter(one => at === one.at || at.startsWith(`${one.at}/`))
    if (within.length === 0) return
    const limit = Math.max(...within.map(one => one.limit))
    for (const keyword of ['maxLength', 'maxItems']) {
      const length = object[keyword]
      if (typeof length !== 'number' || length <= limit) continue
      const what = `\`${keyword}: ${length}\` can't be reached: a body has ${limit} bytes at most.`
      const todo = 'Lower it, or say `x-max-bytes` beside the schema of the body.'
      notes.push({ pointer: at + pointer(keyword), rule: 'unreachable-length', what, todo })
    }
  })
  return notes
}

const schemaPointer = (contract: Contract, body: DeclaredBody): string =>
  contract.resolve(body.pointer + pointer('schema')).pointer
