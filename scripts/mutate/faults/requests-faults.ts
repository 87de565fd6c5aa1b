import { faultsOf, type SourceFault } from './source-fault.js'

/** Faults in how requests find their operation and are held to the contract. */
export const requestsFaults: readonly SourceFault[] = [
  ...faultsOf(
    'src/contract/validator.ts',
    ['only the first error', 'allErrors: true', 'allErrors: false'],
    ['no defaults', 'useDefaults: true', 'useDefaults: false'],
    ['text is not coerced', "text: createAjv({ ...options, coerceTypes: 'array' })", 'text: createAjv(options)'],
    ['no lists of one', "coerceTypes: 'array'", 'coerceTypes: true'],
    ['JSON is coerced', 'json: createAjv(options)', 'json: createAjv({ ...options, coerceTypes: true })'],
    [
      'infinite numbers',
      "typeof value === 'number' && !Number.isFinite(value)",
      "typeof value === 'number' && Number.isNaN(value)"
    ],
    ['a required form may be missing', '(schema.form.required && !json)', 'false'],
    [
      'JSON that is none is absent',
      'if (body === invalidJson) errors.push(notJson)',
      "if (body === invalidJson) errors.push({ ...notJson, keyword: 'type' })"
    ],
    ['parameters are not decoded', 'schema.decoders[location] ?? []', '[]'],
    ['errors are not found', 'if (!parameters(values)) errors', 'if (parameters(values)) errors']
  ),
  ...faultsOf(
    'src/contract/request-schema.ts',
    ['no parameter is required', 'if (parameter.required === true) part', 'if (parameter.required === false) part'],
    ['headers have a case', "location === 'header' ? parameter.name.toLowerCase() : parameter.name", 'parameter.name'],
    ['a JSON body may be missing', "required: requestBody.required === true ? ['requestBody'] : []", 'required: []'],
    [
      "a path's parameters go first",
      "[pathItem + pointer('parameters'), operation.pointer + pointer('parameters')]",
      "[operation.pointer + pointer('parameters'), pathItem + pointer('parameters')]"
    ]
  ),
  ...faultsOf(
    'src/contract/serialization.ts',
    ['scopes are separated by commas', "spaceDelimited: ' '", "spaceDelimited: ','"],
    ['empty scopes', "value.split(delimiter).filter(part => part !== '')", 'value.split(delimiter)'],
    ['the first of a repeated list counts', 'return { repeated: value }', 'return value'],
    ['lists are not split', "(explode ?? style === 'form')", '(explode ?? true)']
  ),
  ...faultsOf(
    'src/contract/path-tree.ts',
    [
      'templates go before literals',
      'if (found) return found',
      'if (found && node.templated.length === 0) return found'
    ],
    [
      'shorter templates go first',
      'b.pattern.source.length - a.pattern.source.length',
      'a.pattern.source.length - b.pattern.source.length'
    ],
    [
      'captured values are not decoded',
      "decode(captured[index + 1] ?? '')",
      "decode((captured[index + 1] ?? '').replaceAll('%', '%25'))"
    ],
    ['malformed percent-encoding crashes', 'return value // malformed', 'throw new Error(value) // malformed'],
    ['an empty segment is one', "literals.join('(.+?)')", "literals.join('(.*?)')"],
    ['literals are patterns', "literal.replace(/[.*+?^${}()|[\\]\\\\]/g, '\\\\$&')", 'literal'],
    ['names of another template', 'params.length = before', 'void before']
  ),
  ...faultsOf(
    'src/contract/router.ts',
    [
      'paths are decoded',
      'this.#paths.find(request.path)\n    if (!match)',
      'this.#paths.find(decodeURI(request.path))\n    if (!match)'
    ],
    [
      'trailing slashes are ignored',
      'const match = this.#paths.find(request.path)',
      "const match = this.#paths.find(request.path.replace(/(?<=.)[/]$/, ''))"
    ],
    [
      '405 is a 404',
      'if (!operation) throw methodNotAllowed',
      "if (!operation) throw request.method === 'delete' ? methodNotAllowed : notFound"
    ],
    ['methods in lower case', 'method.toUpperCase()', 'method']
  ),
  ...faultsOf(
    'src/contract/request.ts',
    ['the query is part of the path', "const mark = url.indexOf('?')", "const mark = url.indexOf('#')"],
    ['whole URLs are not read', 'const url = originForm(', 'const url = message.url ?? originForm('],
    ['cookies are not read', "this.message.headers.cookie ?? ''", "''"]
  )
]
