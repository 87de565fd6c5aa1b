import { expect, test } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { kindFindingAtAGlance } from '../../src/contract/document/document-kind.js'
import { ContractError, parseContract } from '../../src/contract/index.js'

const refusal = (text: string): string => {
  try {
    parseContract(text)
  } catch (error) {
    if (error instanceof ContractError) return error.message
    throw error
  }
  return 'accepted'
}

const noVersion = 'openapi.yaml:1:1  says no OpenAPI version.  Write `openapi: 3.1.0`.'

test.each([
  [
    "# Old\ninfo: {}\nswagger: '2.0' # old\n",
    'openapi.yaml:3:10  is Swagger 2.0, not OpenAPI.  Convert it to OpenAPI 3.1.'
  ],
  ['{ "swagger": "2.0" }', 'openapi.yaml:1:14  is Swagger 2.0, not OpenAPI.  Convert it to OpenAPI 3.1.'],
  ['{ swagger: 2.0.1 }', 'openapi.yaml:1:12  is Swagger 2.0.1, not OpenAPI.  Convert it to OpenAPI 3.1.'],
  ['---\nasyncapi: 3.0.0\n', 'openapi.yaml:2:11  is AsyncAPI 3.0.0, not OpenAPI.  Give the OpenAPI document.'],
  ['info:\n  openapi: 3.1.0\ntags:\n- a\n', noVersion],
  ['{ "info": { "openapi": "3.1.0" } }', noVersion],
  ['[]', noVersion]
])('%j is refused as what it is', (text, message) => {
  expect(refusal(text)).toBe(message)
  expect(refusal(`${text}\n${' '.repeat(100_000)}`)).toBe(message) // to which a glance is enough
})

const info = "info: { title: x, version: '1' }\npaths: {}"

test.each(
  [
    `${info}\nopenapi: 3.1.0`,
    `${info}\n"openapi" : 3.1.0`,
    `${info}\n'openapi': 3.1.0`,
    `${info}\n? openapi\n: 3.1.0`,
    `${info}\n!!str openapi: 3.1.0`,
    `${info}\n"open\\u0061pi": 3.1.0`,
    `x-version: &v { openapi: 3.1.0 }\n${info}\n<<: *v`,
    `# indented\n  ${info.replace('\n', '\n  ')}\n  openapi: 3.1.0`,
    `%YAML 1.2\n---\n${info}\nopenapi: 3.1.0\n...\n`,
    `{ ${info.replace('\n', ',\n')},\nopenapi: 3.1.0 }`,
    `{ ${info.replace('\n', ',\n')},\n"openapi":\n3.1.0\n}`,
    `x-note: 'two\n\n  lines'\ntags:\n- name: a\n${info}\nopenapi: 3.1.0`,
    `x-note: |\n  swagger: '2.0'\n${info}\nopenapi: 3.1.0`,
    `swagger: '2.0'\n${info}\nx-note: "openapi:"\nopenapi: 3.1.0`
  ].map(text => [text])
)('%j may be OpenAPI', text => {
  expect(Object.keys(parse(text, { merge: true }) as object)).toContain('openapi')
  expect(refusal(text)).not.toMatch(/not OpenAPI|no OpenAPI version/)
  expect(kindFindingAtAGlance(text, 'f.yaml')).toBeUndefined()
})

test('a large document of another kind is refused before it is parsed', () => {
  const properties = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`field${index}`, { type: 'string' }]))
  const definitions = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`Thing${index}`, { properties }]))
  const large = stringify({ swagger: '2.0', definitions }, { aliasDuplicateObjects: false })
  const parsing = performance.now()
  parse(large)
  const refusing = performance.now()
  expect(refusal(large)).toMatch(/^openapi\.yaml:1:10 {2}is Swagger 2\.0/)
  expect(performance.now() - refusing).toBeLessThan((refusing - parsing) / 5)
})
