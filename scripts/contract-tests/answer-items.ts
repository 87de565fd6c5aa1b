import { type Contract, entriesOf, find, follow, type OperationObject, pointer } from '../../src/contract/index.js'
import { pairingOf } from './examples/example-pairs.js'
import type { CoverageItem } from './coverage.js'

/** Where an example of an answer stands, as the tests count it. */
export const exampleAt = (value: string): string => value.slice(0, value.lastIndexOf(pointer('value')))

/**
 * Every answer of an operation in every media type by every example: what the tests have to reach. An answer without a
 * body is among them only if something says which request leads to it.
 */
export const answerItems = (contract: Contract, object: OperationObject, operation: string): CoverageItem[] => {
  const responses = find({ contract, pointer: object.pointer, value: object.operation }, 'responses')
  const { pairs } = pairingOf(contract, object)
  const isPaired = (status: string): boolean =>
    pairs.some(({ answer }) => answer.mediaType === undefined && answer.status === status)
  const common = { operation, kind: 'answer', ways: ['reached'] } as const
  return entriesOf(responses).flatMap(([status, entry]): CoverageItem[] => {
    const content = entriesOf(find(entry, 'content'))
    if (content.length === 0) {
      return isPaired(status) ? [{ ...common, pointer: entry.pointer, words: status, answer: status }] : []
    }
    return content.flatMap(([mediaType, media]) => {
      const examples = entriesOf(find(media, 'examples'))
      const words = `${status} ${mediaType}`
      if (examples.length === 0)
        return [{ ...common, pointer: media.pointer, words: `${words} (no example)`, answer: words }]
      return examples.map(([name, example]) => ({
        ...common,
        pointer: follow(example).pointer,
        words: `${words} ${name}`,
        answer: words
      }))
    })
  })
}
