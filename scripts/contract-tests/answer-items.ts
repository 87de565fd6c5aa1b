import { type Contract, entriesOf, find, follow, type OperationObject, pointer } from '../../src/contract/index.js'
import { pairingOf } from './examples/example-pairs.js'
import type { DeclaredAnswer } from './answer-check.js'
import type { CoverageItem, PartOfContract } from './coverage.js'

/** Where an example of an answer stands, as the tests count it. */
export const exampleAt = (value: string): string => value.slice(0, value.lastIndexOf(pointer('value')))

const unshown = { reached: 'no example leads to it' }

/**
 * Every answer of an operation in every media type by every example: what the tests have to reach. Those that no example
 * leads to may be reached by chance.
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
      const excuses = isPaired(status) ? {} : unshown
      return [
        {
          ...common,
          pointer: isPaired(status) ? entry.pointer : follow(entry).pointer,
          words: status,
          answer: status,
          excuses
        }
      ]
    }
    return content.flatMap(([mediaType, media]) => {
      const examples = entriesOf(find(media, 'examples'))
      const words = `${status} ${mediaType}`
      if (examples.length === 0)
        return [{ ...common, pointer: media.pointer, words: `${words} (no example)`, answer: words, excuses: unshown }]
      return examples.map(([name, example]) => ({
        ...common,
        pointer: follow(example).pointer,
        words: `${words} ${name}`,
        answer: words
      }))
    })
  })
}

/** The item of an answer that no example leads to; one that isn't among the items if examples do. */
export const unshownAnswer = (operation: string, { key, node }: DeclaredAnswer, mediaType: string): PartOfContract => {
  const media = entriesOf(find(node, 'content')).find(([declared]) => declared === mediaType)?.[1]
  return media
    ? { operation, pointer: media.pointer, answer: `${key} ${mediaType}` }
    : { operation, pointer: node.pointer, answer: key }
}
