import { faultsOf, type SourceFault } from './source-fault.js'

/** Faults in the pipeline, in replies, and in what is compared before the server listens. */
export const repliesFaults: readonly SourceFault[] = [
  ...faultsOf(
    'src/contract/backend.ts',
    ['no Allow', "{ Allow: router.allow(request.path) ?? '' }", "{ 'X-Allow': router.allow(request.path) ?? '' }"],
    ['a crash of security is a 401', 'if (request.fault) throw request.fault.cause', ''],
    [
      'bodies are read before security',
      'return isLetIn(context) && context',
      "return (isLetIn(context) || context.request.method !== '') && context"
    ],
    ['the places of rules are told in production', 'const rule = mode.places ?', 'const rule = contract ?'],
    ['any number of errors', '.slice(0, mostErrors)', '.slice(0, mostErrors * 1000)'],
    ['a broken rule is a 400', '{ status: 422, body: { detail } }', '{ status: 400, body: { detail } }'],
    ['refused bodies are a 422', 'statusReply(content.status)', 'statusReply(422)'],
    ['mocks in production', 'if (mode.mocks) {', 'if (contract) {'],
    ['an undeclared reply leaves nothing', 'writer.write(response, reply) //', 'response.end() //'],
    [
      'a crash is not answered',
      'api.handleRequest(request, response).then(finish, fail)',
      'void api.handleRequest(request, response).then(finish)'
    ]
  ),
  ...faultsOf(
    'src/contract/context.ts',
    ['a crash of security is a refusal', 'request.fault = { cause }', 'void cause'],
    ['everybody is let in', "security['authorized'] === true ||", "security['authorized'] !== undefined ||"],
    [
      'the last refusal is told',
      'for (const scheme of (context.operation.security ?? []).flatMap(one => Object.keys(one))) {',
      'for (const scheme of (context.operation.security ?? []).flatMap(one => Object.keys(one)).reverse()) {'
    ],
    ['a part of what is asked for will do', 'results.every(', 'results.some(']
  ),
  ...faultsOf(
    'src/contract/reply-schema.ts',
    ['classes of statuses are unknown', '`${Math.floor(status / 100)}XX`', '`${status}XX`'],
    [
      'constant headers are left to handlers',
      "if (typeof constant === 'string') constantHeaders",
      "if (typeof constant === 'string' && constant === '') constantHeaders"
    ],
    ['required headers are optional', '.required === true', '.required === false'],
    [
      'what stands beside a reference is lost',
      "isRecord(schema) && '$ref' in schema && saysMore(schema) ? path :",
      "isRecord(schema) && '$ref' in schema && saysMore(schema) && path === '' ? path :"
    ]
  ),
  ...faultsOf(
    'src/contract/reply-writer.ts',
    [
      'replies are not trimmed',
      'schema === undefined ? JSON.stringify :',
      "schema === undefined || schema !== '' ? JSON.stringify :"
    ],
    [
      'constant headers are not written',
      'const headers = schema.constantHeaders.slice()',
      'const headers: string[] = []'
    ],
    [
      'headers that are written once are written for all that follow',
      'schema.constantHeaders.slice()',
      '(schema.constantHeaders as string[])'
    ],
    ['no length', 'if (status >= 200 && status !== 204 && status !== 304) headers', 'if (status < 200) headers'],
    ['the length is counted in characters', 'String(Buffer.byteLength(text))', 'String(text.length)'],
    [
      'no check of replies',
      'strict ? new ReplyChecker(contract) : undefined',
      "strict && contract.text === '' ? new ReplyChecker(contract) : undefined"
    ]
  ),
  ...faultsOf(
    'src/contract/reply-checker.ts',
    [
      'undeclared headers pass',
      'value !== undefined && !declared.has(name)',
      'value !== undefined && declared.size === 0'
    ],
    ['missing headers pass', 'value === undefined && header.required', 'value === null && header.required'],
    ['undeclared fields pass', 'if (surplus !== undefined) refuse', "if (surplus === '') refuse"],
    ['undeclared bodies pass', 'if (reply.body !== undefined) refuse', 'if (reply.body === null) refuse']
  ),
  ...faultsOf(
    'src/contract/validation-error.ts',
    ['indexes are texts', '/^(0|[1-9]\\d*)$/.test(token) ? Number(token) : token', 'token'],
    [
      'the body has another name',
      "part === undefined || part === 'requestBody' ? 'body'",
      "part === undefined ? 'body'"
    ],
    ['no context', 'ctx: { pattern }', 'ctx: {}'],
    ['another word', 'field required', 'field is required']
  ),
  ...faultsOf(
    'src/contract/conformance.ts',
    ['scopes are not noticed', 'if (scopes.length === 0) return []', 'if (scopes.length >= 0) return []'],
    ['handlers without operations pass', 'ids?.has(id) === false', 'ids?.has(id) === undefined'],
    [
      '500 need not be declared',
      "[500, 'a handler can fail']",
      "...(hasBody ? [[500, 'a handler can fail'] as [number, string]] : [])"
    ],
    [
      'operations may forget whom they let in',
      'if (operation.security === undefined) {',
      'if (operation.security === null) {'
    ]
  ),
  ...faultsOf(
    'src/contract/own-answer-findings.ts',
    [
      'the schemas of own answers are not checked',
      '!fits(body, status === 422 ? invalid : error)',
      '!fits(body, status === 422 ? error : invalid) && status === 0'
    ],
    [
      'a required header of own answers is not noticed',
      '.find(([, one]) => one.required)',
      '.find(([, one]) => !one.required)'
    ]
  ),
  ...faultsOf(
    'src/contract/contract.ts',
    ['a compiled contract is used for another text', 'known?.digest === digestOf(text)', 'known?.digest !== undefined'],
    [
      'what is wrong in the content is not found',
      '[...contentFindings(contract.document, contract.place), ...also(contract)]',
      '[...contentFindings({}, contract.place), ...also(contract)]'
    ]
  )
]
