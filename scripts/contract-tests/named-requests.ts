import { gzipSync } from 'node:zlib'
import { pairingOf } from './examples/example-pairs.js'
import { namedExamples } from './examples/named-examples.js'
import type { neverAsked, ReservedName } from './examples/reserved-names.js'
import type { Sent } from './client.js'
import { inHeaders, isBearer, signed, unknownCredentials, unknownToken } from './credentials.js'
import { type BodyKind, declaredBody, requestBodyOf } from '../../src/contract/index.js'
import type { RequestValues } from './request.js'
import type { OperationSuite } from './operation-suite.js'

/** More bytes than a server should take of each kind of body, unless the contract says how many it takes. */
const tooLarge: Readonly<Record<BodyKind, number>> = {
  form: 64 * 1024,
  json: 2 * 1024 * 1024,
  text: 2 * 1024 * 1024,
  multipart: 11 * 1024 * 1024,
  stream: 11 * 1024 * 1024
}

/** The values of the requests of a name, one for each media type that has a body of that name. */
export const valuesOf = (suite: OperationSuite, name: string): RequestValues[] => {
  const { contract, object, requests, askers, issuesTokens } = suite
  const examples = namedExamples(contract, object).requests.filter(example => example.name === name)
  const parameters: Record<string, Record<string, unknown>> = {}
  for (const part of requests.parts.filter(one => one.in !== 'body')) {
    const named = examples.find(({ part: of }) => of.in === part.in && of.name === part.name)
    const value = named ? named.value : part.required ? requests.example(part) : undefined
    if (value !== undefined) (parameters[part.in] ??= {})[part.name] = value
  }
  const bodies = requests.parts.filter(part => part.in === 'body')
  const named = bodies.flatMap(part => {
    const example = examples.find(({ part: of }) => of.in === 'body' && of.name === part.name)
    if (!example) return []
    return [
      {
        mediaType: part.name,
        value: issuesTokens ? askers.inPlace(name, example.value) : example.value
      }
    ]
  })
  if (named.length > 0) return named.map(body => ({ parameters, body }))
  const first = bodies.find(part => part.required)
  return [{ parameters, ...(first && { body: { mediaType: first.name, value: requests.example(first) } }) }]
}

/** A request that is answered with success, without credentials: that of the first such example, else any valid one. */
export const goodRequest = (suite: OperationSuite): Sent => {
  const { contract, object, requests, askers } = suite
  const good = pairingOf(contract, object, askers.all(object)).pairs.find(({ answer }) => answer.status.startsWith('2'))
  const [values = requests.any()] = good ? valuesOf(suite, good.name) : []
  return requests.sent(values)
}

/** The request that a reserved name stands for, with credentials where the name isn't about them. */
export const reservedRequest = async (
  suite: OperationSuite,
  name: Exclude<ReservedName, (typeof neverAsked)[number]>
): Promise<Sent> => {
  const { contract, object, askers } = suite
  const good = goodRequest(suite)
  const { headers, body: sent } = good
  const credentials = await askers.credentials(object, askers.welcome(object)[0])
  const text = typeof sent === 'string' ? sent : ''
  switch (name) {
    case 'noToken':
      return good
    case 'otherScheme':
      return signed(good, isBearer(contract, object) ? otherThanBearer : bearer)
    case 'unknownToken':
      return signed(good, unknownCredentials(contract, object))
    case 'tooLarge': {
      const body = requestBodyOf(contract, object)
      const declared = body && declaredBody(body, headers?.['Content-Type'])
      const kind = declared?.kind ?? 'json'
      const length = declared?.maxBytes ?? tooLarge[kind]
      const filled = kind === 'form' ? `${text}&filler=${'x'.repeat(length)}` : text + ' '.repeat(length + 1)
      return signed({ ...good, body: filled }, credentials)
    }
    case 'compressed':
      return signed({ ...good, headers: { ...headers, 'Content-Encoding': 'gzip' }, body: gzipSync(text) }, credentials)
    case 'unexpected':
      return signed(good, credentials)
  }
}

const otherThanBearer = inHeaders({ Authorization: `Basic ${Buffer.from('nobody:nothing').toString('base64')}` })
const bearer = inHeaders({ Authorization: `Bearer ${unknownToken}` })
