import { type Contract, type OperationObject, operationsOf, pointer } from '../../../src/contract/index.js'
import { isBearer } from '../credentials.js'
import { firstBroken, Judge } from '../judge.js'
import { pairingOf } from './example-pairs.js'
import { type AnswerExample, namedExamples, type RequestExample } from './named-examples.js'
import { reservedNames } from './reserved-names.js'

/** Something that is wrong with an example. */
export interface ExampleFinding {
  readonly place: string
  readonly what: string
  readonly rule: 'contract/example-partner' | 'contract/valid-example' | 'contract/refusal-example'
}

/** The answer to a request that breaks a rule of its schema: the example of such a request has to break one. */
const invalidRequest = '422'

// Where an operation doesn't declare it, another refusal may be for that, too.
const mayBreakRules = ({ operation: { responses = {} } }: OperationObject, status: string): boolean =>
  status.startsWith('4') && !Object.hasOwn(responses, invalidRequest)

/**
 * The examples of a contract that have no partner, and those that don't fit their schemas. An example of a request
 * that is refused for breaking its schema has to break it.
 */
export const exampleFindings = async (contract: Contract): Promise<ExampleFinding[]> => {
  const judges = { request: new Judge(contract, 'request'), answer: new Judge(contract, 'answer') }
  await Promise.all([judges.request.ready(), judges.answer.ready()])
  const placeAt = (path: string): string => contract.place(path, 'key')

  const misfit = (example: RequestExample | AnswerExample): ExampleFinding | undefined => {
    const { name, schema, value, pointer: at } = example
    if (contract.resolve(schema).value === undefined) return undefined
    const broken = firstBroken(judges['status' in example ? 'answer' : 'request'].broken(schema, value))
    if (!broken) return undefined
    const what = `The example \`${name}\` doesn't fit its schema: it ${broken.words}.`
    return { place: contract.place(at + broken.path), what, rule: 'contract/valid-example' }
  }

  const pairings = operationsOf(contract).map(object => ({ object, ...pairingOf(contract, object) }))
  const paired = new Set(
    pairings.flatMap(({ pairs }) => pairs.flatMap(pair => [pair.answer, ...pair.requests]).map(exampleAt))
  )
  const findings = pairings.flatMap(({ object, pairs, alone }) => {
    // What operations share has a partner in one of them.
    const lonely = alone
      .filter(example => !paired.has(exampleAt(example)))
      .map(example => ({
        place: placeAt(exampleAt(example)),
        what:
          'status' in example
            ? `No request leads to the example \`${example.name}\`: give an example of the request the same name.`
            : `Nothing says how the request \`${example.name}\` is answered: give an example of the answer the same name.`,
        rule: 'contract/example-partner' as const
      }))
    const unfit = pairs.flatMap(({ name, requests, answer }): (ExampleFinding | undefined)[] => {
      const ofAnswer = answer.mediaType === undefined ? undefined : misfit(answer)
      const ofRequest = mayBreakRules(object, answer.status) ? [] : requests.map(misfit)
      if (answer.status !== invalidRequest || requests.length === 0) return [ofAnswer, ...ofRequest]
      const [first] = requests
      if (first === undefined || ofRequest.some(Boolean)) return [ofAnswer]
      const what = `The request \`${name}\` is answered ${invalidRequest}, but breaks no rule of its schema.`
      return [ofAnswer, { place: placeAt(exampleAt(first)), what, rule: 'contract/valid-example' }]
    })
    return [...lonely, ...unfit.filter(one => one !== undefined), ...refusalFindings(contract, object)]
  })
  return [...new Map(findings.map(finding => [finding.place + finding.what, finding])).values()]
}

// Each way to be refused has an example, so that a client knows what it is told, and a test what to expect. The ways
// are those of bearer tokens.
const refusalFindings = (contract: Contract, object: OperationObject): ExampleFinding[] => {
  const shown = new Set(namedExamples(contract, object).answers.map(({ name }) => name))
  const names = Object.entries(reservedNames).filter(([name, need]) => need === 'security' && !shown.has(name))
  if (names.length === 0 || !isBearer(contract, object)) return []
  const place = contract.place(object.pointer + pointer('responses', '401'), 'key')
  const what = `Show how it refuses: give the answer 401 an example \`${names.map(([name]) => name).join('`, `')}\`.`
  return [{ place, what, rule: 'contract/refusal-example' }]
}

const exampleAt = ({ pointer: at }: { readonly pointer: string }): string => at.slice(0, at.lastIndexOf('/'))
