import {
  BaseResolver,
  createConfig,
  lintDocument,
  type NormalizedProblem,
  type Oas3Rule,
  Source
} from '@redocly/openapi-core'
import { bodyKindOf, type Contract, isRecord, pointerOfFragment } from '../../src/contract/index.js'
import { exampleFindings } from '../contract-tests/examples/example-findings.js'

/** A rule that the contract breaks. */
export interface LintFinding {
  /** `openapi.yaml:LINE:COLUMN`, both counted from 1. */
  readonly place: string
  /** What is wrong, in one line. */
  readonly what: string
  /** The name of the rule: of Redocly's, of an assertion here (`rule/…`), or of this project's plugin (`contract/…`). */
  readonly rule: string
}

/**
 * Bodies without an example, or with an unnamed one, which can neither be tried nor be tested by its name. Of those that
 * are bytes none can be written, and those of `HEAD` nobody gets.
 */
const namedExample: Oas3Rule = () => ({
  Operation: {
    skip: (_operation, method) => method === 'head',
    MediaType: ({ examples }, context) => {
      const isText = bodyKindOf(String(context.key)) !== 'stream'
      if (!isText || Object.keys(examples ?? {}).length > 0) return
      const message = 'Give the body at least one example with a name, in `examples`.'
      context.report({ message, location: { reportOnKey: true } })
    }
  }
})

/** Operations of which nothing says who may ask: neither they themselves nor the whole contract. */
const operationSecurity: Oas3Rule = () => {
  let isSaid = false
  return {
    Root: ({ security }) => {
      isSaid = security !== undefined
    },
    Operation: ({ security }, context) => {
      if (isSaid || security !== undefined) return
      const message = 'Say whom the operation lets in: give it, or the contract, a `security`, `[]` for everybody.'
      context.report({ message, location: { reportOnKey: true } })
    }
  }
}

/** Headers that can have only one value: the server writes them into every answer that declares them. */
const constantHeader: Oas3Rule = () => ({
  Header: ({ schema, required }, context) => {
    if (!isRecord(schema) || !('const' in schema) || required === true) return
    const message = 'Make the header required: it has only one value, which the server always writes.'
    context.report({ message, location: { reportOnKey: true } })
  }
})

/** The parameters of OAuth2 that nobody should look at (RFC 6749 §2.3.1, §4.3.2). */
const secrets: ReadonlySet<string> = new Set(['password', 'client_secret'])

const maskedSecret: Oas3Rule = () => ({
  Schema: ({ format }, context) => {
    if (!secrets.has(String(context.key)) || format === 'password') return
    const message = 'Give it `format: password`, so that nobody sees it being typed.'
    context.report({ message, location: { reportOnKey: true } })
  }
})

// Keywords that say something of a value only if it has the type that their author had in mind.
const typed = ['properties', 'required', 'items', 'const', 'enum', 'pattern', 'format', 'additionalProperties']

const typedSchema: Oas3Rule = () => ({
  Schema: (schema, context) => {
    const says = (name: string): boolean => Object.hasOwn(schema, name)
    const type = Object.hasOwn(schema, 'const') ? typeof (schema as { const?: unknown }).const : undefined
    if (!says('type') && typed.some(says)) {
      const message = 'Say of which type it is: its other keywords let in values of all other types.'
      context.report({ message, location: { reportOnKey: true } })
    } else if (type === 'string' && schema.type !== 'string') {
      context.report({ message: 'Make the type that of its only value.', location: { reportOnKey: true } })
    }
  }
})

const rules = {
  'named-example': namedExample,
  'operation-security': operationSecurity,
  'constant-header': constantHeader,
  'masked-secret': maskedSecret,
  'typed-schema': typedSchema
}

const config = await createConfig({
  plugins: [{ id: 'contract', rules: { oas3: rules } }],
  rules: {
    'operation-operationId': 'error',
    'operation-operationId-unique': 'error',
    'operation-summary': 'error',
    'operation-description': 'error',
    'operation-tag-defined': 'error',
    'rule/operation-tags': {
      subject: { type: 'Operation', property: 'tags' },
      assertions: { minLength: 1 },
      message: 'Give the operation a tag.',
      severity: 'error'
    },
    'tag-description': 'error',
    'parameter-description': 'error',
    'contract/named-example': 'error',
    'contract/operation-security': 'error',
    'contract/constant-header': 'error',
    'contract/masked-secret': 'error',
    'contract/typed-schema': 'error',
    'no-unused-components': 'error',
    'no-required-schema-properties-undefined': 'error',
    'no-ambiguous-paths': 'error'
  }
})

/** The rules of this project that a contract breaks, in the order of the places. */
export const lintFindings = async (contract: Contract): Promise<LintFinding[]> => {
  const problems = await lintDocument({ document: documentOf(contract), config, externalRefResolver: new NoResolver() })
  return [
    ...problems.map(problem => ({
      place: placeOf(contract, problem),
      what: inOneLine(problem.message),
      rule: problem.ruleId
    })),
    ...(await exampleFindings(contract))
  ].sort((a, b) => a.place.localeCompare(b.place, 'en', { numeric: true }))
}

// As it is served: its files and its `$id`s are in it, so that there is nothing to load, and its text needn't be parsed.
const documentOf = ({ document }: Contract): Parameters<typeof lintDocument>[0]['document'] => ({
  source: new Source('/', '', 'application/json'),
  parsed: JSON.parse(JSON.stringify(document))
})

// What looks like a reference to a file in an example isn't one.
class NoResolver extends BaseResolver {
  override loadExternalRef(ref: string): Promise<Source> {
    return Promise.reject(new Error(`${ref} is not part of the contract`))
  }
}

const placeOf = (contract: Contract, { location: [location] }: NormalizedProblem): string =>
  contract.place(pointerOfFragment(location?.pointer ?? '#/'), location?.reportOnKey === true ? 'key' : 'value')

const inOneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ')
